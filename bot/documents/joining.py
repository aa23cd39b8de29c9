"""Joins several PDFs into one. It runs in the separate reading process (bot.reading), because some of them were made by
others.
"""

import io
import zipfile

#: Maximum number of pages; no office's table has more.
MOST_PAGES = 500


def joined(content: bytes) -> bytes:
    """The pages of the PDFs in a ZIP, one after the other. PDFs that cannot be opened, are encrypted or too long are
    left out; our page before each names it. Only pages are copied: no scripts, forms or embedded files.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only who joins loads it

    whole = PdfWriter()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            try:
                pages = [*PdfReader(io.BytesIO(package.read(name))).pages]
            except Exception:  # noqa: BLE001, S112 - made by anybody, read by a library of others
                continue
            for page in pages if len(pages) <= MOST_PAGES else ():
                for acting in ("/Annots", "/AA"):
                    page.pop(acting, None)
                whole.add_page(page)
    made = io.BytesIO()
    whole.write(made)
    return made.getvalue()


def packed(pieces: list[bytes]) -> bytes:
    """The PDFs, in order, as a ZIP for `joined`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for number, piece in enumerate(pieces):
            package.writestr(f"{number:06}.pdf", piece)
    return made.getvalue()
