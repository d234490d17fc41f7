"""The manual of the rules in force: what `explain` prints and docs/rules.md holds, gathered once and written in three
forms.
"""
