"""What a filled form looks like on paper: `paper` says what stands where, the others print it."""

from templates.documents.sheet import paper
from templates.documents.typeset import pages, pdf

__all__ = ["pages", "paper", "pdf"]
