"""The rulebooks an installation knows, and what commands print of them. Found through `library`."""
