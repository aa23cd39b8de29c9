"""The roster: an office's units and people, from a spreadsheet that a clerk fills. Read through `read`, written through `template`."""
