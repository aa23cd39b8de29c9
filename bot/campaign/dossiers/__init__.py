"""Dossiers of a campaign: put together under the list of their rulebook, handed out in chat, written by the command line."""
