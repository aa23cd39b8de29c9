"""Further knowledge of each room, besides `State`. It is loaded only for events that go there
(`dialogs.core.rooms.room_of`).
"""
