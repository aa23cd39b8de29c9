"""The commands of `tusoi`, one module a group. Heavy imports stay inside the functions: the line must feel instant."""
