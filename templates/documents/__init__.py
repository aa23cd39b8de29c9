"""What a filled form looks like on paper: `drawn` says what stands where, `composed` adds what was said to it since, the
others print it.
"""

from templates.documents.composing import composed
from templates.documents.deciding import ruled
from templates.documents.sheet import drawn, paper
from templates.documents.signing import commented
from templates.documents.typeset import pages, pdf
from templates.documents.word import docx

__all__ = ["commented", "composed", "docx", "drawn", "pages", "paper", "pdf", "ruled"]
