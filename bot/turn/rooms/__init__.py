"""Loaders: one for each room of the conversation (`bot.turn.room_loading` has the table)."""
