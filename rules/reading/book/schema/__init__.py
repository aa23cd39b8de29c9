"""The border of `book.yaml`: one module for each part, and `whole` for the file as a whole.

The fields of a model are explained at the value in `rules.book` that is made of it.
"""
