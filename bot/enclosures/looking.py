"""What a file is that somebody hands in for a dossier, by what it holds and not by its name. It runs in the reading process: nothing of
the file is executed, laid out or unpacked to a disk.
"""

import io
import re
import zipfile
import zlib

from rules.nouns.errors import Mistake, RosterErrors

#: A package that unpacks to more, or has more parts, is none an office writes.
_UNPACKED, _PARTS, _CHUNK = 300_000_000, 5_000, 1 << 20
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
#: What of a PDF asks for a password, or runs by itself.
_LOCKED = re.compile(rb"/Encrypt\b")
_RUNS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b")
_MACROS = re.compile(r"(^|/)(vba|activeX/|macrosheets/|.*vbaProject)", re.IGNORECASE)
_ELSEWHERE = re.compile(rb"attachedTemplate[^>]*External|External[^>]*attachedTemplate")
#: So much of the end of a file is looked at for how it ends.
_TAIL = 64 * 1024


def kind_of(content: bytes) -> str:
    """Its kind (bot.settings.ENCLOSURE_KINDS). Raises RosterErrors, whose mistake says what is wrong with it."""
    for begins, kind, look in _BEGINNINGS:
        if content.startswith(begins):
            look(content)
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "heic"
    if content.startswith(b"PK"):
        return _package(content)
    raise _wrong("enclosure_kind" if content else "file_empty")


def _wrong(what: str) -> RosterErrors:
    return RosterErrors((Mistake("", 0, "", what),))


def _pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")
    if _LOCKED.search(content):
        raise _wrong("enclosure_locked")
    if _RUNS.search(content):
        raise _wrong("enclosure_runs")


def _jpeg(content: bytes) -> None:
    if b"\xff\xd9" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")


def _png(content: bytes) -> None:
    if content[12:16] != b"IHDR" or b"IEND" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")


_BEGINNINGS = (
    (b"%PDF-", "pdf", _pdf),
    (b"\xff\xd8\xff", "jpg", _jpeg),
    (b"\x89PNG\r\n\x1a\n", "png", _png),
)


def _package(content: bytes) -> str:
    """A Word file or a workbook, whole, without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            kind = _kind_of_package(package)
            _look_through(package)
            return kind
    except (zipfile.error, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise _wrong("enclosure_cut") from None


def _kind_of_package(package: zipfile.ZipFile) -> str:
    every = package.infolist()
    names = {one.filename for one in every}
    if len(every) > _PARTS or sum(one.file_size for one in every) > _UNPACKED:
        raise _wrong("enclosure_bomb")
    if any(one.flag_bits & 1 for one in every):
        raise _wrong("enclosure_locked")
    if any(_MACROS.search(name) for name in names):
        raise _wrong("enclosure_macros")
    if "[Content_Types].xml" not in names:
        raise _wrong("enclosure_kind")
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return kind
    raise _wrong("enclosure_kind")


def _look_through(package: zipfile.ZipFile) -> None:
    """Every part is unpacked once, bounded whatever it says of its size, and thrown away."""
    left = _UNPACKED
    for one in package.infolist():
        small = one.filename.endswith(".rels") or one.filename == "[Content_Types].xml"
        said = b""
        with package.open(one) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _wrong("enclosure_bomb")
                said = said + chunk if small and len(said) < _CHUNK else said
        if b"macroEnabled" in said:
            raise _wrong("enclosure_macros")
        if _ELSEWHERE.search(said):
            raise _wrong("enclosure_runs")
