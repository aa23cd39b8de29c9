"""Authoring errors of a rulebook that loading does not refuse: each is a value with its place and what to write."""
