"""What the regulations say: rulebooks as data, and pure functions that evaluate them. No clock, files, database or
network.
"""
