"""A person who was asked for an opinion about somebody else gives it. Start at `door`."""
