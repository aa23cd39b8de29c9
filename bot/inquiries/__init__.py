"""The page on which somebody without an account gives an opinion asked of an outside body; it is opened by a link and
works without scripts.
"""
