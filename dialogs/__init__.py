"""The course of a conversation as pure functions: an event goes in, a turn (replies and commands) comes out."""
