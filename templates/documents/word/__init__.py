"""Papers as Word files: the template of the house, an office's own, and what such a template may say."""
