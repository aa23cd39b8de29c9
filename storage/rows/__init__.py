"""What repositories share of rows: from rows to values and back, and many rows in few statements."""
