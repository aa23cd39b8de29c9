"""What a filled form looks like on paper: `drawn` says what stands where, `composed` adds what was said to it since, the
others print it.
"""

from templates.documents.sheets.composing import composed
from templates.documents.sheets.deciding import ruled
from templates.documents.sheets.sheet import drawn, paper
from templates.documents.sheets.signing import commented
from templates.documents.typeset import pages, pdf
from templates.documents.word.paper import docx

__all__ = ["commented", "composed", "docx", "drawn", "pages", "paper", "pdf", "ruled"]
