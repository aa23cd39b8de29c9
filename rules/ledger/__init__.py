"""The ledger of one person's work in a month or quarter: what was assigned, how it was done, and the score it gives."""
