"""How fast it is: `make bench` prints one line for each figure."""
