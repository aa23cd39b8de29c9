"""A confirmed sheet done anew: the person asks with a reason, and whoever confirmed it agrees or refuses. Both versions
are kept.
"""
