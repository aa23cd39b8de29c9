"""Enclosures: files handed in for dossiers, checked for their real type and stored unchanged."""
