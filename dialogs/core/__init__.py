"""What every room of the conversation speaks: events, state, turn, commands, buttons. It knows none of the rooms."""
