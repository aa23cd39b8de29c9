"""Extracts the text and the look of a PDF or Word file. It runs in the separate reading process (bot.reading), because
anybody may have made the file.
"""

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.nouns.errors import Mistake, RosterErrors

if TYPE_CHECKING:  # only who checks a paper loads it
    from pypdf import PageObject

#: Maximum number of pages; a form with forty tasks takes nine.
MOST_PAGES, MOST_LETTERS, MOST_UNPACKED, MOST_PARTS = 200, 2_000_000, 50_000_000, 1_000
#: Maximum size of a file in bytes, and a lower limit for files from strangers.
MOST_BYTES, MOST_OF_STRANGERS = 20_000_000, 5_000_000
#: Maximum number of values of a page that are examined for its look.
_MOST_VALUES = 200_000

#: Keys of PDF values that tell how something is stored, not how it looks.
_NOT_SEEN = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent", "/StructParents"})

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
#: The parts of a Word file with text, in reading order. Equal headers and footers count once, however many a program
#: stores, and page numbers are ignored because they are computed.
_TELLING = (_MAIN, "word/header", "word/footnotes", "word/endnotes", "word/footer")
_TRACKED = frozenset({f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")})
#: Elements that do not contain a paragraph's own letters.
_UNREAD = frozenset({f"{_W}{name}" for name in ("p", "pPr", "rPr", "del", "moveFrom")})
#: Letters in these colours or sizes (in half points) cannot be read by anybody.
_WHITE, _TINY = frozenset({"FFFFFF"}), 6


@dataclass(frozen=True, slots=True)
class Taken:
    """The content of a file."""

    kind: str
    #: The text of each page (a single one for Word files).
    pages: tuple[str, ...]
    #: A hash of everything drawn on each page.
    looks: tuple[str, ...] = ()
    #: Hashes of its pictures.
    pictures: tuple[str, ...] = ()
    #: What else the file contains, and how often: notes, tracked changes, hidden letters and the like.
    beside: tuple[tuple[str, int], ...] = ()
    made_by: str = ""


def read_paper(content: bytes) -> Taken:
    """The content of the file. Raises RosterErrors when it is neither kind, too large, encrypted or damaged."""
    if len(content) > MOST_BYTES:
        raise _wrong("workbook_large", limit=str(MOST_BYTES // 1_000_000))
    if not content:
        raise _wrong("file_empty")
    head = content[:1024]
    try:
        if b"%PDF-" in head:
            return _pdf(content)
        if head.startswith(b"PK"):
            return _docx(content)
    except (RosterErrors, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - made by anybody, read by libraries of others
        raise _wrong("paper_damaged") from None
    raise _wrong("paper_kind")


def _wrong(kind: str, **values: str) -> RosterErrors:
    return RosterErrors((Mistake("", 0, "", kind, values),))


# ---- PDF


def _pdf(content: bytes) -> Taken:
    from pypdf import PdfReader  # noqa: PLC0415 - see the top

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise _wrong("paper_locked")
    if len(reader.pages) > MOST_PAGES:
        raise _wrong("paper_long", limit=str(MOST_PAGES))
    beside, digest = Counter[str](), _Digest()
    texts, looks, letters = list[str](), list[str](), 0
    for page in reader.pages:
        texts.append(page.extract_text())
        looks.append(_look(page, digest))
        beside["notes"] += len(page.get("/Annots") or ())
        letters += len(texts[-1])
        if letters > MOST_LETTERS:
            raise _wrong("paper_long", limit=str(MOST_PAGES))
    root: Any = reader.trailer["/Root"]
    beside["acting"] += sum(name in root for name in ("/OpenAction", "/AA", "/AcroForm"))
    beside["files"] += "/EmbeddedFiles" in (root.get("/Names") or {})
    made_by = str(reader.metadata.get("/Creator", "")) if reader.metadata else ""
    return Taken("pdf", tuple(texts), tuple(looks), (), _counted(beside), made_by)


def _look(page: "PageObject", digest: "_Digest") -> str:
    """A hash of everything that determines the look of a page: its size, what is drawn, fonts and pictures."""
    drawn = page.get_contents()
    whole = hashlib.sha256(drawn.get_data() if drawn is not None else b"")
    for name in ("/MediaBox", "/CropBox", "/Rotate", "/Resources"):
        whole.update(digest.of(page.get(name)))
    return whole.hexdigest()


class _Digest:
    """Hashes of PDF values, each computed once however often it is referred to."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bytes] = {}
        self.values = 0

    def of(self, value: Any) -> bytes:
        """The hash of a value including everything it refers to."""
        from pypdf.generic import IndirectObject  # noqa: PLC0415 - see the top

        self.values += 1
        if self.values > _MOST_VALUES:
            raise _wrong("paper_long", limit=str(MOST_PAGES))
        if not isinstance(value, IndirectObject):
            return self._whole(value)
        key = (value.idnum, value.generation)
        if key not in self.known:
            self.known[key] = b"again"  # one that names itself
            self.known[key] = self._whole(value.get_object())
        return self.known[key]

    def _whole(self, value: Any) -> bytes:
        from pypdf.generic import ArrayObject, DictionaryObject, StreamObject  # noqa: PLC0415 - see the top

        made = hashlib.sha256()
        if isinstance(value, DictionaryObject):
            for name in sorted(set(value) - _NOT_SEEN):
                made.update(name.encode() + self.of(value.raw_get(name)))
            if isinstance(value, StreamObject):
                made = hashlib.sha256(made.digest() + value.get_data())
        elif isinstance(value, ArrayObject):
            for one in list.__iter__(value):
                made.update(self.of(one))
        else:
            made.update(repr(value).encode())
        return made.digest()


# ---- Word


def _docx(content: bytes) -> Taken:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        infos = package.infolist()
        if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED:
            raise _wrong("paper_unpacked")
        names = [one.filename for one in infos]
        if _MAIN not in names:
            raise _wrong("paper_kind")
        if any(one.flag_bits & 1 for one in infos):
            raise _wrong("paper_locked")
        beside = Counter[str](_around(package, names))
        texts = [text for kind in _TELLING for text in _texts(package, names, kind, beside)]
        pictures = (hashlib.sha256(package.read(name)).hexdigest() for name in names if name.startswith("word/media/"))
        if sum(map(len, texts)) > MOST_LETTERS:
            raise _wrong("paper_long", limit=str(MOST_PAGES))
        return Taken("docx", ("\n".join(texts),), (), tuple(sorted(pictures)), _counted(beside))


def _texts(package: zipfile.ZipFile, names: Iterable[str], kind: str, beside: Counter[str]) -> list[str]:
    """The texts of the parts of one kind; other contents are counted."""
    said = set[str]()
    for name in names:
        if name.startswith(kind) and name.endswith(".xml"):
            root = _parsed(package.read(name))
            said.add("\n".join(one for one in _paragraphs(root) if kind == _MAIN or not one.strip().isdecimal()))
            beside.update(_besides(root))
    return sorted(said)


def _around(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[str]:
    """Contents of the parts that show no text on the page."""
    for name in names:
        content = package.read(name)
        if name.startswith("word/comments") and b"<w:t" in content:
            yield "comments"
        elif name.lower().endswith((".bin", "vbadata.xml")):
            yield "acting"
        elif name.endswith(".rels") and _reaches_out(content):
            yield "outside"
        elif name == "word/styles.xml" and b"<w:vanish" in content:
            yield "hidden"


def _parsed(content: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 - see the top; it has no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of each paragraph as displayed; deleted tracked changes are left out. A text box is stored twice
    (mc:AlternateContent); the fallback for old programs is ignored.
    """
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_letters(paragraph))


def _letters(node: Any) -> Iterator[str]:
    signs: dict[str, Callable[[Any], str]] = {
        f"{_W}t": lambda one: one.text or "",
        f"{_W}tab": lambda _: " ",
        f"{_W}br": lambda _: " ",
        f"{_W}cr": lambda _: " ",
        f"{_W}noBreakHyphen": lambda _: "-",
        f"{_W}sym": lambda one: chr(int(one.get(f"{_W}char", "FFFD"), 16)),
    }
    for child in node:
        if child.tag in signs:
            yield signs[child.tag](child)
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and not child.tag.endswith("}Fallback"):
            yield from _letters(child)


def _besides(root: Any) -> Iterable[str]:
    for node in root.iter():
        if node.tag in _TRACKED:
            yield "tracked"
        elif node.tag == f"{_W}rPr" and node.getparent().tag == f"{_W}r" and _unseen(node):
            yield "hidden"
        elif node.tag == f"{_W}txbxContent":
            yield "boxes"
        elif node.tag in {f"{_W}altChunk", f"{_W}object"}:
            yield "outside"
        elif node.tag == f"{_W}numPr":
            yield "numbered"


def _unseen(style: Any) -> bool:
    hidden, colour, size = (style.find(f"{_W}{name}") for name in ("vanish", "color", "sz"))
    if hidden is not None and hidden.get(f"{_W}val", "1") not in {"0", "false"}:
        return True
    if colour is not None and colour.get(f"{_W}val", "").upper() in _WHITE:
        return True
    return size is not None and size.get(f"{_W}val", "").isdecimal() and int(size.get(f"{_W}val")) < _TINY


def _reaches_out(content: bytes) -> bool:
    """Whether opening the part loads something external. Links do not count, because they must be clicked."""
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in _parsed(content)
    )


def _counted(beside: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, count) for name, count in beside.items() if count))
