"""The vocabulary of all rooms: events, state, turn, commands, buttons. Nothing here depends on a particular room."""
