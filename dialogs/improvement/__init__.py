"""A person's plan of improvement: what they will put right, and by when. Start at `door`."""
