"""Dossiers of a campaign: assembled by the list of their rulebook, handed out in chat, and written by the command line."""
