"""The ledger of a person's work in a month or quarter, and what an office counts it in. Entered through `door`."""
