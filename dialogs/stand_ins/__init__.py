"""Who acts for an absent head, from when, until when. Entered through `door`."""
