"""The database as a whole: backup and restore, copying to another engine, and verification."""
