"""Papers as Word files: the generic template, an office's own template, and the checks on such templates."""
