"""Rules, word lists and the profile of Lake Prairie Public Schools; data that policy428 finds."""
