"""The content of a decision with its list, and of an extract for one person, shared by the Word file and the PDF."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.book.rulebook import Rulebook
from rules.book.summaries import DecisionText, Sentence
from rules.campaign.summarising import Result, Told, of_table
from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Made, SummaryPage, page_of, shown
from templates.documents.texts import one_line
from templates.documents.words import period_words, section

#: Matches a written decision as the desk records it (kind, number and day): `Quyết định số 118/QĐ-X ngày 02/12/2021`.
_PAPER = re.compile(
    r"(?P<kind>.*?\bsố:?\s+)?(?P<number>\d\S*?)(?:,?\s+ngày\s+(?P<day>\d{1,2}/\d{1,2}/\d{4}))?", re.IGNORECASE
)


#: Use the heading of the office itself. "" means that the authority is unknown here, and its line is left blank.
OWN = "own"


@dataclass(frozen=True, slots=True)
class By:
    """The authority that decided: name and position at that time."""

    name: str
    position: str = ""
    #: The written decision, as the desk recorded it.
    paper: str = ""
    #: What the clause calls the authority.
    title: str = ""
    #: The office in the heading; OWN for the office itself.
    office: str = OWN
    #: The superior body printed above `office`.
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article of a decision."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The certification below an extract, by whoever makes the copy: their office, the number and kind of the copy,
    place and day, recipients, and space to sign. Source: Nghị định 30/2020, Phụ lục I phần II and Phụ lục III, Mẫu 3.1.
    """

    office: str
    number: str
    kind: str
    date: str
    recipients: tuple[str, ...]
    signer: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision in words."""

    heading: Heading
    number: str
    date: str
    title: str
    about: str
    issuer: str
    grounds: tuple[str, ...]
    decides: str
    articles: tuple[Article, ...]
    called: str
    recipients: tuple[str, ...]
    signer: str
    name: str
    note: str
    #: The certification of an extract, which nobody signs as the authority (`signed` states that they signed the
    #: decision).
    copy: Copy | None = None
    signed: str = ""
    list_title: str = ""
    #: The line under the title of the list.
    attached: str = ""
    moment: str = ""
    #: The list that belongs to the decision; an extract has none.
    listed: SummaryPage | None = None


def decision_of(book: Rulebook, by: By, results: Sequence[Result], made: Made) -> DecisionPage:
    """The decision of one authority about all these results."""
    text, words = _text(book), section("decision")
    (summary,) = of_table(book, text.table, results)
    return _page(
        text,
        by,
        made,
        text.articles,
        {"count": str(len(summary.lines))},
        list_title=words["list"],
        attached=_attached(one_line(by.paper)),
        moment=words["moment"].format(time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}"),
        listed=page_of(summary, made),
    )


def extract_of(book: Rulebook, by: By, one: Result, made: Made) -> DecisionPage:
    """The extract for one person: the first article speaks of that person, the others are unchanged."""
    text = _text(book)
    about = {
        "name": one_line(one.name),
        "position": one_line(one.position),
        "unit": one_line(one.unit),
        "rating": str(shown(one.rating or Told.NOT_RATED)),
        "count": "1",
    }
    articles = (text.of_one, *text.articles[1:])
    return _page(text, by, made, articles, about, copy=_copy(by, one, made))


def _copy(by: By, one: Result, made: Made) -> Copy:
    words = section("decision")
    return Copy(
        one_line(_of_house(by, made)).upper(),
        words["copy_number"],
        words["extract"],
        day("", made.place),
        _ended((words["copy_to"].format(name=one_line(one.name)), words["copy_kept"])),
        words["copy_signer"],
    )


def _ended(recipients: Sequence[str]) -> tuple[str, ...]:
    """The lines below “Nơi nhận:”; the last ends with a full stop (Nghị định 30/2020, Phụ lục I)."""
    lines = [one_line(one) for one in recipients]
    return tuple(f"{one}{'.' if number == len(lines) else ';'}" for number, one in enumerate(lines, start=1))


def _attached(paper: str) -> str:
    """The line under the title of the list. A bare number is taken as that of a decision."""
    words, said = section("decision"), _PAPER.fullmatch(paper)
    if not paper:
        return words["attached"]
    bare = said is not None and not said["kind"]
    return words["attached_number" if bare else "attached_to"].format(paper=paper)


def _numbered(paper: str, place: str) -> tuple[str, str]:
    """Number, and line of place and day, as far as the name of the written decision contains them."""
    words, said = section("decision"), _PAPER.fullmatch(paper)
    if not paper:
        return words["number"], day("", place)
    if said is None:
        return words["number_of"].format(paper=paper), day("", place)
    try:
        on = dt.datetime.strptime(said["day"] or "", "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return words["number_of"].format(paper=said["number"]), day("", place)
    return words["number_of"].format(paper=said["number"]), day(on, place)


def _of_house(by: By, made: Made) -> str:
    """The office whose people these are, or the public service unit in it that decides about its own people."""
    return by.office if by.superior and by.superior == made.office else made.office


def _heading(by: By, made: Made) -> Heading:
    """The heading of the deciding authority."""
    fixed = section("heading.administrative")
    superior, office = (made.above, made.office) if by.office == OWN else (by.superior, by.office)
    named = one_line(office).upper() or section("decision")["office_open"]
    return Heading(one_line(superior).upper(), named, fixed["first"], fixed["second"])


def _text(book: Rulebook) -> DecisionText:
    assert book.decision is not None, "asked before"
    return book.decision


def _page(
    text: DecisionText,
    by: By,
    made: Made,
    articles: Sequence[Sentence],
    about: dict[str, str],
    *,
    copy: Copy | None = None,
    list_title: str = "",
    attached: str = "",
    moment: str = "",
    listed: SummaryPage | None = None,
) -> DecisionPage:
    words = section("decision")
    values = {"period": period_words(made.year, made.period), "office": one_line(_of_house(by, made)), **about}

    def said(one: Sentence) -> str:
        own = "" if one.cite else f" {words['own_mark']}"
        sentence = one.text
        for name, value in values.items():
            sentence = sentence.replace(f"{{{name}}}", value)
        return f"{sentence}{own}"

    return DecisionPage(
        _heading(by, made),
        *_numbered(one_line(by.paper), made.place),
        words["title"],
        said(text.about),
        one_line(by.position or by.title).upper() or words["authority"],
        tuple(said(one) for one in text.grounds),
        words["decides"],
        tuple(
            Article(words["article"].format(number=number), said(one)) for number, one in enumerate(articles, start=1)
        ),
        words["recipients"],
        _ended(text.recipients),
        one_line(by.position or by.title).upper() or words["authority"],
        one_line(by.name),
        words["own_note"].format(cite=text.cite),
        copy,
        words["signed"] if copy else "",
        list_title,
        attached,
        moment,
        listed,
    )
