"""The commands of `tusoi`, one module a group, in folders by what they are about. Heavy imports stay inside the functions: the line must feel instant."""
