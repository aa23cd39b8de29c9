"""A fictional office to look at the house with. Names, places and people are invented."""
