"""Carries out the commands of a turn: a file for each of `dialogs/core/commands`; `bot.turn.apply` has all of them together."""
