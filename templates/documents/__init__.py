"""What a filled form looks like on paper: `paper` says what stands where, the others print it."""

from templates.documents.sheet import paper
from templates.documents.typeset import pages, pdf
from templates.documents.word import docx

__all__ = ["docx", "pages", "paper", "pdf"]
