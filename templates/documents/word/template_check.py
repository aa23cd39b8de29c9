"""Checks an office's own Word template before it is used: the parts of the file, its placeholders, and what it omits of
a paper.

It runs in the separate process in which people's files are read (bot/reading).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from jinja2 import TemplateError, TemplateSyntaxError

from rules.nouns.errors import Mistake, RosterErrors
from templates.documents import blocks
from templates.documents.word.paper import docx
from templates.documents.word.template import WordTemplateError, language, source_of
from templates.documents.word.template_words import misused

#: Limits: bytes of a template, bytes of all its parts unpacked, and number of parts.
MOST, MOST_UNPACKED, MOST_PARTS = 5_000_000, 40_000_000, 400
#: Maximum number of mistakes reported.
_TOLD = 20

_MACROS = re.compile(rb"macroEnabled|vbaProject|application/vnd\.ms-office\.(?:activeX|vba)", re.IGNORECASE)
_RUNS = re.compile(r"vbaProject|vbaData|activeX|\.(?:exe|js|vbs|bat|dll|ps1)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"word/(?:embeddings|afchunk)|oleObject|package/", re.IGNORECASE)
_EXTERNAL = re.compile(rb'<[^>]*\bTargetMode\s*=\s*["\']External["\'][^>]*>', re.IGNORECASE)
_TARGET = re.compile(rb'\bTarget\s*=\s*["\']([^"\']{0,200})', re.IGNORECASE)
_FETCHES = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|DATABASE|RD|MACROBUTTON|HYPERLINK|AUTOTEXT)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def read_template(content: bytes) -> bool:
    """True when the template can be used. Raises RosterErrors with one line for every problem found."""
    parts = dict(_parts(content))
    wrong = [*_made_of(parts)] or [*_says(parts)] or [*_leaves_out(content)]
    if wrong:
        raise RosterErrors(tuple(wrong[:_TOLD]))
    return True


def _wrong(expected: str, **values: str) -> Mistake:
    return Mistake("", 0, "", f"template_{expected}", {name: value[:120] for name, value in values.items()})


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of the file. Raises RosterErrors when it is not a Word file of ordinary size."""
    if len(content) > MOST:
        raise RosterErrors((_wrong("large", limit=str(MOST // 1_000_000)),))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > MOST_UNPACKED:
                raise RosterErrors((_wrong("unpacked"),))
            names = [one.filename for one in listed]
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise RosterErrors((_wrong("not_docx"),))
            if len({name.lower() for name in names}) < len(names) or any(".." in name.split("/") for name in names):
                raise RosterErrors((_wrong("broken"),))
            for one in listed:
                yield one.filename, package.read(one)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise RosterErrors((_wrong("not_docx"),)) from None


def _made_of(parts: dict[str, bytes]) -> Iterator[Mistake]:
    """Mistakes in the file's structure: macros, external resources, hidden content."""
    if _MACROS.search(parts["[Content_Types].xml"]) or any(_RUNS.search(name) for name in parts):
        yield _wrong("macros")
    yield from (_wrong("embedded", part=name) for name in parts if _EMBEDDED.search(name))
    for name, content in parts.items():
        if name.endswith(".rels"):
            yield from _fetched(name, content)
        if name.endswith((".xml", ".rels")):
            yield from _hidden(content)


def _fetched(name: str, content: bytes) -> Iterator[Mistake]:
    for found in _EXTERNAL.findall(content):
        target = _TARGET.search(found)
        yield _wrong("external", target=target[1].decode(errors="replace") if target else name)


def _hidden(content: bytes) -> Iterator[Mistake]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        yield _wrong("broken")
    for one in _FIELD.findall(content.decode(errors="replace")):
        fetches = _FETCHES.search(unescape("".join(one)))
        if fetches:
            yield _wrong("field", field=fetches[1].upper())


def _says(parts: dict[str, bytes]) -> Iterator[Mistake]:
    """Placeholders that a template may not contain, and where they are."""
    for name, content in parts.items():
        try:
            source = source_of(name, content)
            wrong = [*misused(language().parse(source))] if source else []
        except TemplateSyntaxError as error:
            yield _wrong("syntax", part=name, what=str(error.message))
            continue
        except (TemplateError, ValueError, SyntaxError):
            yield _wrong("broken")
            continue
        for one in wrong:
            yield _wrong(one.what, said=one.said, where=_where(content.decode(errors="replace"), one.said))


def _where(xml: str, said: str) -> str:
    """The text of the paragraph that contains the placeholder."""
    named = said.rpartition(".")[2].strip("| ")
    for paragraph in _PARAGRAPH.findall(xml):
        text = unescape("".join(_TEXT.findall(paragraph)))
        if named and named in text and ("{{" in text or "{%" in text):
            return " ".join(text.split())[:80]
    return ""


#: What every paper must show, with the text by which it is searched for.
_SAMPLE = {
    "title": ("MAU-TEN-PHIEU",),
    "person": ("MAU-NHAN-HO-TEN", "MAU-HO-TEN"),
    "answers": ("MAU-MUC", "MAU-CAU", "MAU-TRA-LOI", "MAU-GHI-CHU", "MAU-DAU"),
    "tables": ("MAU-COT", "MAU-O-BANG", "MAU-TONG"),
    "signatures": ("MAU-NGAY-KY", "MAU-CHUC-DANH", "MAU-NGUOI-KY", "MAU-XAC-NHAN", "MAU-BEN-TRAI", "MAU-BEN-PHAI"),
    "footer": ("MAU-CHAN-TRANG", "MAU-MA-NOI-DUNG"),
}


def sample() -> blocks.Paper:
    """A paper that contains every kind of element once."""
    title, (label, name) = _SAMPLE["title"][0], _SAMPLE["person"]
    column, cell, total = _SAMPLE["tables"]
    day, post, who, confirmed, left, right = _SAMPLE["signatures"]
    styles = ("section", "item", "body", "hint", "mark")
    lines = [
        blocks.Paragraph(style, (blocks.Run(text),)) for style, text in zip(styles, _SAMPLE["answers"], strict=True)
    ]
    first, second = _SAMPLE["footer"]
    return blocks.Paper(
        style="administrative",
        code="MAU-SO",
        heading=blocks.Heading(
            "CẤP TRÊN", "CƠ QUAN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
        ),
        title=title,
        year="Năm 2026",
        persons=((label, name),),
        blocks=(
            *lines,
            blocks.Blank((60, 60)),
            blocks.Table(
                (blocks.TableColumn(column, 80, "left"), blocks.TableColumn("2", 40, "center")),
                ((cell, "1"),),
                total=(blocks.TotalCell(total, 120, 2, "left"),),
            ),
            blocks.SignatureBlock(day, post, "(Ký)", who, (confirmed,)),
            blocks.Signatures((blocks.SignatureBlock("", left, ""), blocks.SignatureBlock("", right, ""))),
        ),
        footer=(first, second),
        fingerprint="0" * 64,
        layout=2,
    )


def _leaves_out(content: bytes) -> Iterator[Mistake]:
    """What the template omits of a paper, or that it cannot be filled in at all."""
    try:
        made = docx(sample(), content)
    except WordTemplateError as error:
        yield _wrong("unfilled", what=str(error))
        return
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        xml = [
            package.read(name).decode()
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    shown = unescape("".join(_TEXT.findall("".join(xml))))
    for what, words in _SAMPLE.items():
        if not all(word in shown for word in words):
            yield _wrong(f"without_{what}")
