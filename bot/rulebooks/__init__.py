"""The rulebooks of an installation, and what commands print of them. `library` finds them."""
