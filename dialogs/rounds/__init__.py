"""Drafts sent round for comment: a round is begun, read, answered, and its comments are settled. Start at `door`."""
