"""Decisions with their lists, and extracts for one person. They are worded once and drawn as Word file and PDF."""
