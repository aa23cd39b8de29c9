"""Takes out of a PDF or Word file what it says and how it looks: read in a process of its own (bot.reading), whoever made it."""

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

#: More than this no paper of a review has; a form of forty tasks takes nine pages.
MOST_PAGES, MOST_LETTERS, MOST_UNPACKED, MOST_PARTS = 200, 2_000_000, 50_000_000, 1_000
#: Bytes of a file; of one that a stranger hands in, fewer.
MOST_BYTES, MOST_OF_STRANGERS = 20_000_000, 5_000_000
#: Values of a page that are looked at for how it looks.
_MOST_VALUES = 200_000

#: What of a value says how it is stored, not how it looks.
_NOT_SEEN = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent", "/StructParents"})

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
#: The parts of a Word file that say something, in the order in which they are read. Headings and feet that say the same are one, however many a
#: program keeps, and the number of a page is what the program counted last.
_TELLING = (_MAIN, "word/header", "word/footnotes", "word/endnotes", "word/footer")
_TRACKED = frozenset({f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")})
#: What is none of a paragraph's own letters.
_UNREAD = frozenset({f"{_W}{name}" for name in ("p", "pPr", "rPr", "del", "moveFrom")})
#: Letters of these colours or sizes (half points) are read by nobody.
_WHITE, _TINY = frozenset({"FFFFFF"}), 6


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file says: `pages` as text (one of a Word file), `looks` a hash of everything drawn on each, `pictures` those of its
    pictures; `beside` what it has besides its text and how often: notes, tracked changes, hidden letters and the like.
    """

    kind: str
    pages: tuple[str, ...]
    looks: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    beside: tuple[tuple[str, int], ...] = ()
    made_by: str = ""


def read_paper(content: bytes) -> Taken:
    """What the file says. Raises RosterErrors: it is neither, too large, locked or damaged."""
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
    """A hash of all that makes a page look as it does: its size, what is drawn, with which letters and pictures."""
    drawn = page.get_contents()
    whole = hashlib.sha256(drawn.get_data() if drawn is not None else b"")
    for name in ("/MediaBox", "/CropBox", "/Rotate", "/Resources"):
        whole.update(digest.of(page.get(name)))
    return whole.hexdigest()


class _Digest:
    """Hashes of the values of a PDF, each counted once however often it is named."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bytes] = {}
        self.values = 0

    def of(self, value: Any) -> bytes:
        """The hash of a value with all it names."""
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
    """What the parts of one kind say; what they have besides is counted."""
    said = set[str]()
    for name in names:
        if name.startswith(kind) and name.endswith(".xml"):
            root = _parsed(package.read(name))
            said.add("\n".join(one for one in _paragraphs(root) if kind == _MAIN or not one.strip().isdecimal()))
            beside.update(_besides(root))
    return sorted(said)


def _around(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[str]:
    """What the parts have that say nothing on the page themselves."""
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
    """The text of each paragraph as a reader sees it; what tracked changes took away is none of it. A text box stands in two ways
    (mc:AlternateContent): the second, for old programs, is left out.
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
    """Whether a part takes something from elsewhere when it is opened; a link is only followed by who presses it."""
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in _parsed(content)
    )


def _counted(beside: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, count) for name, count in beside.items() if count))
