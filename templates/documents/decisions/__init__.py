"""Decisions with their lists, and the extract for one person: their words once, drawn as Word file and PDF."""
