"""Access: accounts, invitations, console sessions, and the browsers that receive push messages."""
