"""Measurements of speed: `make bench` prints one line for each figure."""
