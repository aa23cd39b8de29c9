"""The roster: an office's units and people, from a spreadsheet that a clerk fills in. `read` reads it, `template`
writes it.
"""
