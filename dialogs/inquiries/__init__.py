"""Opinions asked of bodies outside (the residence cell's), by a link that needs no account, or on paper. Entered through `door`."""
