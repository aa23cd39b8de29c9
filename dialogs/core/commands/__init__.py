"""What is to be kept, as values: a file for each thing that people do; `dialogs.core.turn` has all of them together."""
