"""Rules, word lists and the profile of Lake Prairie Public Schools; data only, found by policy428 through an entry point."""
