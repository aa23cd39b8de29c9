"""The desk writes to many and sees what was delivered. Entered through `door`."""
