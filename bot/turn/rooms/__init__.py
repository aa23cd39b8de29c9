"""What each room of the conversation knows besides the conversation: a loader a room (`bot.turn.room_loading` has the table)."""
