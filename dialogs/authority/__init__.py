"""The authority decides reviews, one by one or as a list, and answers petitions. Start at `door` and `petitions`."""
