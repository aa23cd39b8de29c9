"""What the rooms of a campaign know besides `State`: loaded only when an event goes there (`dialogs.core.rooms.room_of`)."""
