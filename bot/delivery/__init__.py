"""Delivery of messages to other people, each once. `notices` writes the rows, `seam` hands them to jobs, and the one
process on duty sends them; `bot.serving` runs it.
"""
