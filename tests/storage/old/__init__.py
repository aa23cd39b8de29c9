"""Databases as they were kept under every schema: an office in the middle of its campaign, played with the code of its time."""
