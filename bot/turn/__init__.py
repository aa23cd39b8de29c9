"""One event, one transaction: what is loaded for it, what is applied of it. Channels reach it through `bot.door.front`."""
