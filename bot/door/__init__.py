"""The door between channels and the conversation: events come in, worded replies go out. Channels may use nothing else
of the shell.
"""
