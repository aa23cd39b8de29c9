"""Lists of people with where their reviews stand, made by the database."""
