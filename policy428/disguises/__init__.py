"""The parts of the disguised-word matcher: word forms, and one module for each way of hiding a word."""
