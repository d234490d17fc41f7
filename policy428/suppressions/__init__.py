"""Suppressions: findings that a person has looked at and lets stand, each with the reason.

They are written beside what they are about: a comment in Markdown and HTML, front matter, the field `ignore` of a
record, or `suppress` in the configuration. One that is unused, names nothing, or gives no reason is itself a finding.
"""
