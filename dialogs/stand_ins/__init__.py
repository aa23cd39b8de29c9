"""Stand-ins: who acts for an absent head, and on which days. Start at `door`."""
