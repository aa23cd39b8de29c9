"""Messages to others, once each: the rows, the jobs that carry them, the one process on duty. Written through `notices`, handed over through `seam`; `bot.serving` runs it."""
