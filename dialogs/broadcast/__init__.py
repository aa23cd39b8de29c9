"""The desk sends a message to many people and sees to whom it was delivered. Start at `door`."""
