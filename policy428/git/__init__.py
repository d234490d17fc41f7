"""What Git knows of drafts: which of them changed, where, and what they were before."""
