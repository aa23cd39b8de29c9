"""The page on which somebody without an account gives an opinion that was asked of a body outside: opened by a link, without scripts."""
