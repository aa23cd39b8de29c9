"""The authority decides, singly or for a list, and answers petitions. Entered through `door` and `petitions`."""
