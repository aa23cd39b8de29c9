"""What every day brings by itself: who has left, who is told of what. Started by `bot.serving`."""
