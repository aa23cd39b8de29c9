"""Guards check whether the actor may name everything that a command names by its id. There is one module for each
module of `dialogs/core/commands` that names something; `bot.turn.guarding` collects them.
"""
