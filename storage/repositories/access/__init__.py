"""Who gets in: accounts, invitations, sessions of the console, browsers that are called."""
