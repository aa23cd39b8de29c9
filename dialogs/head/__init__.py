"""A step of the chain reads a draft and comments, agrees and passes it on, or returns it. Start at `door`."""
