"""A database of every schema so far: an office in the middle of its campaign, played with the code of that time."""
