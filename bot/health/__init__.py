"""How the house is: looked at, answered over HTTP, told to the desk. `bot.serving` opens it, `tusoi status` asks it."""
