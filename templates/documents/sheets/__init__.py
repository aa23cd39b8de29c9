"""Sheets in print: the official form in its order, with answers, acts and signatures in their places."""
