"""The border of `book.yaml`, part by part as `rules.book` has them; `whole` puts them together."""
