"""Dossiers: which papers are present, who owes the missing ones, and how a file is handed in at its place."""
