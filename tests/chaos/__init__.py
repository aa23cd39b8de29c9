"""Failures while people answer, one after the other: `make chaos`."""
