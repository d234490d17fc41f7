"""Safe edits: what a rule says of them, where in a post they lie, and how drafts are mended by them."""
