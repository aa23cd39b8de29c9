"""What is remembered: tables, one unit of work a transaction, migrations."""
