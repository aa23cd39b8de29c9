"""An office's own Word template before it is used: hostile files, fields that no paper has, what it leaves out; each a line."""

import io
import zipfile

import pytest

from bot.reading.parent import Reading
from rules.nouns.errors import RosterErrors
from templates.documents.word import template_check
from templates.documents.word.paper import generic
from templates.documents.word.template_check import read_template
from templates.errors import word

RELS = "word/_rels/document.xml.rels"


def changed(*edits: tuple[str, str, str], **more: bytes | str) -> bytes:
    """The generic template with words of a part replaced (part, before, after), and further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(generic())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, before, after in edits:
                if part == name:
                    assert before.encode() in content, (part, before)
                    content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def told(content: bytes) -> list[str]:
    """What is told of it, in Vietnamese."""
    try:
        read_template(content)
    except RosterErrors as errors:
        lines = [word(one, "vi") for one in errors.mistakes]
        assert all("\n" not in line for line in lines)
        return lines
    return []


def external(kind: str, target: str) -> tuple[str, str, str]:
    link = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return (RELS, "</Relationships>", link)


def with_words(words: str) -> tuple[str, str, str]:
    """Another paragraph at the end of the document."""
    return ("word/document.xml", "<w:sectPr", f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p><w:sectPr")


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"")
        package.writestr("word/document.xml", b" " * 60_000_000)
    return file.getvalue()


TYPES = "[Content_Types].xml"

HOSTILE = {
    "no zip": (b"%PDF-1.7", "không phải tệp Word .docx"),
    "a cut file": (generic()[:5000], "không phải tệp Word .docx"),
    "another package": (changed(x=b"")[:0], "không phải tệp Word .docx"),
    "large": (generic() + b"\0" * 6_000_000, "lớn hơn 5 MB"),
    "a bomb": (bomb(), "bung ra quá lớn"),
    "macros by kind": (
        changed((TYPES, "wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")),
        "có macro",
    ),
    "macros by part": (changed(**{"word/vbaProject.bin": b"x"}), "có macro"),
    "activeX": (changed(**{"word/activeX/activeX1.xml": b"<a/>"}), "có macro"),
    "a file inside": (
        changed(**{"word/embeddings/oleObject1.bin": b"x"}),
        "nhúng bên trong (word/embeddings/oleObject1.bin)",
    ),
    "a remote template": (
        changed(external("attachedTemplate", "https://x.example/t.dotm")),
        "lấy nội dung từ nơi khác (https://x.example/t.dotm)",
    ),
    "a remote picture": (changed(external("image", "file:///x/a.png")), "lấy nội dung từ nơi khác (file:///x/a.png)"),
    "a field that fetches": (
        changed(
            (
                "word/document.xml",
                "<w:sectPr",
                '<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;x&quot; "/></w:p><w:sectPr',
            )
        ),
        "trường INCLUDETEXT",
    ),
    "entities": (changed(**{"word/more.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "tệp mẫu hỏng"),
    "a path that leads out": (changed(**{"../x.xml": b"<a/>"}), "tệp mẫu hỏng"),
    "an unknown field": (
        changed(with_words("Ngày sinh: {{ paper.birthday }}")),
        "không có trường “paper.birthday”, ở chỗ “Ngày sinh: {{ paper.birthday }}”",
    ),
    "an if without end": (changed(with_words("{% if paper.title %}")), "viết sai dấu của mẫu trong word/document.xml"),
    "a way out of the sandbox": (
        changed(with_words("{{ paper.__class__.__base__.__subclasses__() }}")),
        "mẫu không được dùng “call”",
    ),
    "a number without end": (
        changed(with_words("{{ 1.5 | round(99999999, 'ceil') }}")),
        "mẫu không được dùng “| round( )”",
    ),
    "words joined without end": (
        changed(with_words("{{ paper.title | join('-' ) | join('--') }}")),
        "mẫu không được dùng “| join( )”",
    ),
    "words joined by what was joined": (
        changed(with_words("{{ paper.title | join(paper.title | join(paper.title)) }}")),
        "mẫu không được dùng “| join( )”",
    ),
    "a number of words": (changed(with_words("{{ paper.title * 0.5 }}")), "không điền được mẫu"),
    "a loop without end": (changed(with_words("{% for a in range(9999999999) %}x{% endfor %}")), "mẫu không được dùng"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_template_may_be_is_told_in_a_line(name: str) -> None:
    content, expected = HOSTILE[name]
    assert any(expected in line for line in told(content)), told(content)


LEFT_OUT = {
    "persons": (("{{ label }}", ""), "thiếu phần họ tên"),
    "title": (("{{ paper.title }}", "PHIẾU"), "thiếu tên phiếu"),
    "runs": (("{{ run.text }}", "…"), "thiếu các mục và câu trả lời"),
    "cells": (("{{ row[loop.index0] }}", ""), "thiếu bảng"),
    "signers": (("{{ block.name }}", ""), "thiếu chỗ ký"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_a_template_leaves_out_is_told(name: str) -> None:
    (before, after), expected = LEFT_OUT[name]
    assert any(expected in line for line in told(changed(("word/document.xml", before, after))))


def test_a_template_without_the_footer_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(generic())) as package:
        footers = [name for name in package.namelist() if "footer" in name and name.endswith(".xml")]
        said = next(
            text for text in ("{{ paper.footer[0] }}", "paper.footer[0]") if text in package.read(footers[0]).decode()
        )
    assert any(
        "chân trang" in line
        for line in told(changed(*((name, said, said.replace("paper.footer[0]", "paper.code")) for name in footers)))
    )


def test_the_generic_template_may_be_used_and_styled() -> None:
    assert told(generic()) == []
    assert told(changed(with_words("Mẫu riêng của cơ quan"))) == []


async def test_it_is_looked_at_in_a_process_of_its_own() -> None:
    assert await Reading().read("template", generic(), 0) is True
    with pytest.raises(RosterErrors, match="template_macros"):
        await Reading().read("template", HOSTILE["macros by part"][0], 0)


def test_so_many_mistakes_are_told(monkeypatch) -> None:
    monkeypatch.setattr(template_check, "_TOLD", 3)
    assert len(told(changed(with_words("{{ paper.a }}{{ paper.b }}{{ paper.c }}{{ paper.d }}")))) == 3
