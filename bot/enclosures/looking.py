"""Determines the type of an enclosure by its content, not its name. It runs in the reading process; nothing in the file
is executed, rendered or unpacked to disk.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from stat import S_ISLNK
from struct import unpack
from typing import Any

from rules.nouns.errors import Mistake, RosterErrors

#: A package with more parts or a larger unpacked size was not written by an office program.
_UNPACKED, _PARTS, _CHUNK = 300_000_000, 5_000, 1 << 20
#: Maximum size of the parts that describe the others.
_SMALL = 8_000_000
#: Maximum number of pixels; an A3 page scanned at 600 dpi has 70 million.
_PIXELS = 120_000_000
#: JPEG markers: those with the image size, those without a length, the start of image data, and the end.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE, _SCAN, _END = frozenset({0x01, *range(0xD0, 0xD8)}), 0xDA, 0xD9
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_HEIC_SIZE = re.compile(rb"ispe\0{4}(.{8})", re.DOTALL)
#: PDF names that mean encryption or automatic actions; the short name also occurs by chance in every second scan.
_LOCKED = re.compile(rb"/Encrypt\b")
_RUNS = re.compile(rb"/(JavaScript|Launch|EmbeddedFile)\b")
_SCRIPT = re.compile(rb"/JS\b")
#: In a PDF: where drawn or compressed data begins and ends, compressed objects, and characters of a name given by
#: number.
_STREAM, _ENDS = re.compile(rb"(?<!end)stream\r?\n"), b"endstream"
_STREAMS = re.compile(rb"(?<!end)stream\r?\n.*?endstream", re.DOTALL)
_OBJECTS, _NUMBERED = re.compile(rb"/ObjStm\b"), re.compile(rb"#([0-9A-Fa-f]{2})")
#: Number of bytes before a stream that are searched for its description.
_HEAD = 2048
_MACROS = re.compile(r"(^|/)(vba|activeX/|macrosheets/|.*vbaProject)", re.IGNORECASE)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
#: External contents that are loaded when a file is opened and may be executed. Links (which must be clicked), pictures
#: and other workbooks do not count.
_ELSEWHERE = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/aFChunk")
#: Number of bytes at the end of a file that are searched for its end mark.
_TAIL = 64 * 1024


def kind_of(content: bytes) -> str:
    """The kind of the file (bot.settings.ENCLOSURE_KINDS). Raises RosterErrors, whose mistake says what is wrong."""
    for begins, kind, look in _BEGINNINGS:
        if content.startswith(begins):
            look(content)
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        for said in _HEIC_SIZE.finditer(content[:_TAIL]):
            _measured(*unpack(">II", said[1]))
        return "heic"
    if content.startswith(b"PK"):
        return _package(content)
    raise _wrong("enclosure_kind" if content else "file_empty")


def _wrong(what: str) -> RosterErrors:
    return RosterErrors((Mistake("", 0, "", what),))


def _pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")
    written = [_named(content), *map(_named, _packed(content))]
    if any(map(_LOCKED.search, written)):
        raise _wrong("enclosure_locked")
    undrawn = [_named(_STREAMS.sub(b"", content)), *written[1:]]
    if any(map(_RUNS.search, written)) or any(map(_SCRIPT.search, undrawn)):
        raise _wrong("enclosure_runs")


def _packed(content: bytes) -> Iterator[bytes]:
    """The compressed objects of a PDF."""
    left = _UNPACKED
    for begun in _STREAM.finditer(content):
        if _OBJECTS.search(_named(content[max(0, begun.start() - _HEAD) : begun.start()])):
            end = content.find(_ENDS, begun.end())
            try:
                objects = zlib.decompressobj().decompress(content[begun.end() : end if end > 0 else None], left)
            except zlib.error:
                continue  # packed otherwise, or none
            left -= len(objects)
            if left <= 0:
                raise _wrong("enclosure_bomb")
            yield objects


def _named(said: bytes) -> bytes:
    """The bytes with the characters of names that are given by number decoded."""
    return _NUMBERED.sub(lambda one: bytes.fromhex(one[1].decode()), said)


def _jpeg(content: bytes) -> None:
    if b"\xff\xd9" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")
    at = 2
    while content[at : at + 1] == b"\xff":
        mark = content[at + 1]
        if mark == 0xFF:  # filled up
            at += 1
            continue
        if mark in _FRAMES:
            height, width = unpack(">HH", content[at + 5 : at + 9].ljust(4, b"\0"))
            _measured(width, height)
            return
        if mark in (_SCAN, _END):
            break
        at += 2 + (0 if mark in _ALONE else max(2, int.from_bytes(content[at + 2 : at + 4])))
    raise _wrong("enclosure_cut")


def _png(content: bytes) -> None:
    if content[12:16] != b"IHDR" or b"IEND" not in content[-_TAIL:]:
        raise _wrong("enclosure_cut")
    _measured(*unpack(">II", content[16:24]))


def _measured(width: int, height: int) -> None:
    """Check the image size: opening the file allocates memory for all of it, however small the file is."""
    if not width or not height:
        raise _wrong("enclosure_cut")
    if width * height > _PIXELS:
        raise _wrong("enclosure_bomb")


_BEGINNINGS = (
    (b"%PDF-", "pdf", _pdf),
    (b"\xff\xd8\xff", "jpg", _jpeg),
    (b"\x89PNG\r\n\x1a\n", "png", _png),
)


def _package(content: bytes) -> str:
    """Check that it is a complete Word file or workbook without macros."""
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
    if any(_climbs(one) for one in every):
        raise _wrong("enclosure_climbs")
    if any(_MACROS.search(name) for name in names):
        raise _wrong("enclosure_macros")
    if "[Content_Types].xml" not in names:
        raise _wrong("enclosure_kind")
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return kind
    raise _wrong("enclosure_kind")


def _climbs(one: zipfile.ZipInfo) -> bool:
    """Whether the name of a part would escape the folder when unpacked, names a device, or is a link."""
    said = one.orig_filename.replace("\\", "/")
    parts = said.removesuffix("/").split("/")
    odd = not said or any(
        not part.rstrip(". ") or ":" in part or "\0" in part or _DEVICE.fullmatch(part) for part in parts
    )
    return odd or S_ISLNK(one.external_attr >> 16)


def _look_through(package: zipfile.ZipFile) -> None:
    """Unpack every part once, within limits that do not depend on its stated size, and discard it."""
    left = _UNPACKED
    for one in package.infolist():
        name = one.filename.lower()
        small = name.endswith(".rels") or name == "[content_types].xml"
        said = b""
        with package.open(one) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0 or (small and len(said) > _SMALL):
                    raise _wrong("enclosure_bomb")
                said = said + chunk if small else said
        if small:
            _look_at(said)


def _look_at(said: bytes) -> None:
    """Check the types and relations of a package's parts; they are parsed as XML in any encoding."""
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 - only for packages; it has no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(said, parser)
    except etree.XMLSyntaxError:
        raise _wrong("enclosure_cut") from None
    if root.getroottree().docinfo.doctype:
        raise _wrong("enclosure_runs")
    for one in root.iter(etree.Element):
        if "macroEnabled" in one.get("ContentType", ""):
            raise _wrong("enclosure_macros")
        if one.get("TargetMode", "").strip() == "External" and one.get("Type", "").endswith(_ELSEWHERE):
            raise _wrong("enclosure_runs")
