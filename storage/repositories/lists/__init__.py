"""Lists of people with the state of their reviews, computed by the database."""
