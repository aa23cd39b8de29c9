"""The health of the installation: examined, served over HTTP, and reported to the desk. `bot.serving` starts it; `tusoi
status` queries it.
"""
