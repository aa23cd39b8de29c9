"""Recognises files that are not readable workbooks, so that the clerk is told what the file is and what to do."""

import io
import zipfile
from pathlib import Path
from typing import BinaryIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Stream in an OLE container (names are UTF-16) → what the file is.
_STREAMS = (("EncryptedPackage", "file_encrypted"), ("Workbook", "file_xls"), ("Book", "file_xls"))
#: First bytes of a file → what it is.
_BEGINNINGS = (
    (b"\x09\x08", "file_xls"),
    (b"\x09\x04", "file_xls"),
    (b"\x09\x02", "file_xls"),
    (b"%PDF", "file_pdf"),
    (b"\x89PNG", "file_picture"),
    (b"\xff\xd8\xff", "file_picture"),
    (b"{\\rtf", "file_word"),
)
#: Part of a package → what the file is.
_PARTS = (("xl/workbook.bin", "file_xlsb"), ("word/document.xml", "file_word"), ("ppt/presentation.xml", "file_other"))
_WORKBOOK = "xl/workbook.xml"
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_SHEET_OF_ODF = b"application/vnd.oasis.opendocument.spreadsheet"
#: Number of bytes from which the kind of a file is recognised.
_HEAD = 4096


def source_of(file: Path | bytes) -> Path | BinaryIO:
    """What a library opens: `file` is a path or the content."""
    return io.BytesIO(file) if isinstance(file, bytes) else file


def foreign_kind(file: Path | bytes) -> str:
    """The name of the sentence that says what the file is and what to do; "" for a package that is a workbook. Raises
    OSError.
    """
    content = file if isinstance(file, bytes) else file.read_bytes()
    head = content[:_HEAD]
    if not content:
        return "file_empty"
    if head.startswith(_OLE):
        named = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in content)
        return next(named, "file_other")
    if head.startswith(b"PK"):
        return _package(content)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return _text(head)


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            for part, kind in _PARTS:
                if part in names:
                    return kind
            if "mimetype" in names:
                with packed.open("mimetype") as said:
                    return "file_ods" if said.read(_HEAD).strip() == _SHEET_OF_ODF else "file_other"
            if _WORKBOOK not in names:
                return "" if "[Content_Types].xml" in names else "file_zip"
            with packed.open(_WORKBOOK) as workbook:
                return "file_strict" if _STRICT in workbook.read(_HEAD) else ""
    except (zipfile.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return "file_damaged"


def _text(head: bytes) -> str:
    """Comma- or tab-separated text, a web page, or unknown."""
    begins = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if begins.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return "file_html"
    if begins.startswith(b"<?xml"):
        return "file_xml"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 32 and byte not in b"\r\n\t" for byte in head):
        return "file_text"
    return "file_other"
