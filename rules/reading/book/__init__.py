"""A whole rulebook from its files: built from the borders, checked, put together with what it extends, with its score tables and texts."""
