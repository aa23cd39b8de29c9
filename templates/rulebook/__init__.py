"""Rulebooks in words for jurists: as text, as a page, and as the skeleton of a new one."""
