"""The ledger of a person's work in a month or quarter: what is assigned, how it is done, what it comes to."""
