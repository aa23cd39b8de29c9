"""Appliers: one module for each module of `dialogs/core/commands`. `bot.turn.apply` collects them."""
