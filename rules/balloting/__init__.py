"""Ballots counted: what a slip says, what a count must add up to, and what follows of it by the rulebook."""
