"""Whether all that a command names by its id is the actor's to name: a file for each of `dialogs/core/commands` that names something.
`bot.turn.guarding` has all of them together.
"""
