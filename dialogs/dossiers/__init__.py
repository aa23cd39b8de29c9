"""Dossiers: what is there, who owes the rest, and handing a file in at its place."""
