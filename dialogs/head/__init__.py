"""A step of the chain reads a draft and agrees, comments, hands on or returns. Entered through `door`."""
