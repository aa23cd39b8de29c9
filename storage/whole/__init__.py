"""The database as a whole: backed up, brought back, copied to another engine, looked through."""
