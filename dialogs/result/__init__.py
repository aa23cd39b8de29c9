"""A person and their result: notice, reserved opinion, petition. Entered through `door`."""
