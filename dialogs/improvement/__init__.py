"""What a person will put right, by when. Entered through `door`."""
