"""Daily work: marking leavers, sending reminders, ending rounds, sealing. Started by `bot.serving`."""
