"""The door between channels and the house: events in, worded replies out. What a channel may know of the house is here."""
