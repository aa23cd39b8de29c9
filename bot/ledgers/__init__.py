"""The spreadsheets of an office's ledger: its catalogue of products, and the assigned work."""
