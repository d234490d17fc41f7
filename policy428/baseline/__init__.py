"""Baselines: findings that were there when one began to check, so that only new ones are told.

A baseline holds no word of a post. A finding is known by a hash, made with a random key that lies in the same file; a
file of drafts by another. Both survive moved lines and edits elsewhere, since neither knows a line. Counts matter: of
a finding that was there twice, a third is new.
"""
