"""Drafts sent round: begun, read, answered, taken up. Entered through `door`."""
