"""Commands: what is to be stored, as values, with one file for each activity. `dialogs.core.turn` has the union of all."""
