"""A person and their result: notice, reserved opinion, petition. Entered through `door`; improvement asks `decided_review`, too."""
