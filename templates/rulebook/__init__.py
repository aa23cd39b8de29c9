"""A rulebook in words for jurists: as text, as a page, as the skeleton of a new one."""
