"""Files that people hand in are read in a process of their own, which may take so much memory and time and knows nothing."""
