"""Who is asked for an opinion about another gives it. Entered through `door`."""
