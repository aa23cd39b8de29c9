"""Opinions asked of bodies outside: which there are, what is asked, the papers of it."""
