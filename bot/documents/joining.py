"""Several PDFs become one: read in a process of its own (bot.reading), for some of them were made by others."""

import io
import zipfile

#: More pages than these no table of an office has.
MOST_PAGES = 500


def joined(content: bytes) -> bytes:
    """The pages of the PDFs in a ZIP, one after the other. What cannot be opened, is locked or endless is left out: the page of ours before it names it.
    Nothing but pages goes over: no script, no form, no file that was hidden in one.
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
    """The PDFs, in order, as `joined` takes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for number, piece in enumerate(pieces):
            package.writestr(f"{number:06}.pdf", piece)
    return made.getvalue()
