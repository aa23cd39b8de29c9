"""How a conversation goes: pure functions, an event in, a turn out."""
