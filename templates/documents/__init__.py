"""Documents: filled forms as they are printed. `drawn` lays out a form as a sheet, `composed` adds what others wrote on
it since, and the other modules print the result.
"""

from templates.documents.sheets.composing import composed
from templates.documents.sheets.deciding import ruled
from templates.documents.sheets.sheet import drawn, paper
from templates.documents.sheets.signing import commented
from templates.documents.typeset import pages, pdf
from templates.documents.word.paper import docx

__all__ = ["commented", "composed", "docx", "drawn", "pages", "paper", "pdf", "ruled"]
