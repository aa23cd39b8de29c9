"""Whatever can be said in the chat can be said in English: every message of the templates, every text of the rulebooks."""

import io
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from templates.wording import environment, label

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "templates/locale/en/LC_MESSAGES/tusoi.po"

#: Names that stay Vietnamese in an English sentence: places, numbers of documents, letters of points.
NAMES = (
    *("Tự Soi", "Tiếng Việt", "Quảng Ngãi", "Sơn Dương", "Sơn La", "/tieptuc", "/thietbi"),
    *("NĐ-CP", "KH/CB", "KH/HU", "QĐ/TW", "QĐ/TU", "QĐ/HU", "QĐ-BDT", "QĐ-CSĐTNTMT"),
    *("HDKĐ.ĐG", "HD KĐ.ĐG", "HDĐG", "d + đ + e", "d, đ, e", "đ) "),
)


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    """Singular and plural of a message, or the one text it has."""
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def said() -> tuple[tuple[str, ...], ...]:
    """Every text babel.cfg finds."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as cfg:
        methods, options = parse_mapping_cfg(cfg)
    found = extract_from_dir(ROOT, methods, options)
    return tuple(sorted({forms(message) for _, _, message, _, _ in found}))


@cache
def english() -> Catalog:
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def translated() -> list[tuple[str, str]]:
    """Each text of the catalogue beside each of its English forms."""
    return [(forms(m.id)[-1], string) for m in english() if m.id for string in forms(m.string)]


def test_the_texts_of_messages_and_of_both_forms_are_found() -> None:
    texts = {text for message in said() for text in message}
    assert {"Đồng ý", "Trả lại", "còn %(n)s ngày"} <= texts
    assert {"PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC", "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC"} <= texts
    assert {
        "Tên nhiệm vụ là gì?",
        "Thực hiện tốt",
        "tháng",
        "Tham mưu 12 báo cáo tháng về công tác cải cách hành chính.",
    } <= texts


def test_no_folder_of_texts_is_passed_by() -> None:
    """Babel looks into no folder whose name begins with `_` or `.`: what is said there would stay Vietnamese."""
    folders = [path for path in (ROOT / "templates").rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert [path.name for path in folders if path.name.startswith(("_", "."))] == []


def test_every_text_has_its_english() -> None:
    kept = {forms(m.id) for m in english() if m.id and all(forms(m.string))}
    assert [message for message in said() if message not in kept] == []


def test_the_catalogue_holds_nothing_that_is_said_no_more() -> None:
    assert [m.id for m in english() if m.id and forms(m.id) not in said()] == []


def test_no_text_stands_twice_in_the_catalogue() -> None:
    written = re.findall("^msgid ", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(written) == len(list(english()))  # its header among them; of two with the same text only one would count


@pytest.mark.parametrize("words", ["question/_words.j2", "head/_words.j2"])
def test_what_is_not_answered_and_who_is_not_named_read_differently(words: str) -> None:
    answer = environment("en").get_template(words).module.answer({"what": "nothing", "note": ""})  # type: ignore[attr-defined]
    assert (answer.strip(), label("roster/nobody", {}, "en")) == ("nothing yet", "none yet")


def test_placeholders_are_the_same() -> None:
    placeholder = re.compile(r"%\(\w+\)s")
    assert [
        v for v, e in translated() if sorted(set(placeholder.findall(v))) != sorted(set(placeholder.findall(e)))
    ] == []


def test_marks_of_bold_and_quotation_are_the_same() -> None:
    tag = re.compile(r"</?\w+>")
    assert [v for v, e in translated() if sorted(tag.findall(v)) != sorted(tag.findall(e))] == []


def test_a_closing_mark_is_kept() -> None:
    assert [(v, e) for v, e in translated() if (v[-1] in ".:?,") != (e[-1] in ".:?,")] == []


@pytest.mark.parametrize("letters", ["ăâđêôơư", "ảạấầẩẫậắằẳẵặẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỷỹỵ"])
def test_no_vietnamese_is_left_in_the_english(letters: str) -> None:
    plain = [(v, re.sub("|".join(map(re.escape, NAMES)), "", e).lower()) for v, e in translated()]
    assert [v for v, e in plain if set(e) & set(letters)] == []


def test_messages_with_a_number_have_singular_and_plural() -> None:
    counted = [m for m in english() if isinstance(m.id, tuple)]
    assert counted
    assert [m.id for m in counted if len(m.string) != 2] == []


VIETNAMESE = frozenset("ăâđêôơưảạấầẩẫậắằẳẵặẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỷỹỵàáãèéìíòóõùúýỳ")


def is_vietnamese(text: str) -> bool:
    """Whether something of the text would have to be translated."""
    return bool(VIETNAMESE & set(re.sub("|".join(map(re.escape, NAMES)), "", text).lower()))


PAGES = sorted((ROOT / "templates/pages").iterdir())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_says_nothing_but_in_marked_sentences(page: Path) -> None:
    jinja = Environment(extensions=["jinja2.ext.i18n"])
    tree = jinja.parse(page.read_text(encoding="utf-8"))
    assert [part.data for part in tree.find_all(nodes.TemplateData) if is_vietnamese(part.data)] == []
    marked = {text for message in said() for text in message}
    assert [c.value for c in tree.find_all(nodes.Const) if is_vietnamese(str(c.value)) and c.value not in marked] == []


@pytest.mark.parametrize("script", sorted((ROOT / "templates/static").glob("*.js")), ids=lambda script: script.name)
def test_a_script_of_a_page_holds_no_sentence(script: Path) -> None:
    assert not is_vietnamese(script.read_text(encoding="utf-8"))
