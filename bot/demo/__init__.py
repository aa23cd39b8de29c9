"""A fictional office for trying the program. Names, places and people are invented."""
