"""Commands about the house itself: serving, how it is, its database, what was done in it, the demonstration."""
