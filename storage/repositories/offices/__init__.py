"""Offices: their units, people and postings, their products and ledgers, and their own Word templates."""
