"""A decision with its list, and an extract for one person, ready to be drawn: the words that the Word file and the PDF share."""

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

#: A written decision as the desk records it: what it is, its number, its day: `Quyết định số 118/QĐ-X ngày 02/12/2021`.
_PAPER = re.compile(
    r"(?P<kind>.*?\bsố:?\s+)?(?P<number>\d\S*?)(?:,?\s+ngày\s+(?P<day>\d{1,2}/\d{1,2}/\d{4}))?", re.IGNORECASE
)


#: Under the heading of the office itself. "": of whom nobody here knows; the line is left open.
OWN = "own"


@dataclass(frozen=True, slots=True)
class By:
    """Who decided: name and post as they were then; of a written decision its `paper`, as the desk recorded it, and who signed, `title` being
    what the clause calls them. `office`: under whose heading, and the body `superior` above it; OWN: the office's.
    """

    name: str
    position: str = ""
    paper: str = ""
    title: str = ""
    office: str = OWN
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """What stands below the text of an extract, of whoever makes it (Nghị định 30/2020, Phụ lục I phần II and Phụ lục III, Mẫu 3.1): their
    office, the number of the copy, which kind of copy it is, place and day, who gets it, room to sign.
    """

    office: str
    number: str
    kind: str
    date: str
    recipients: tuple[str, ...]
    signer: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision in words. `copy`: of an extract, on which nobody signs as who decided (`signed` says that they did); `listed`: the list that goes with it, none of an extract;
    `attached`: what stands under the title of the list.
    """

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
    copy: Copy | None = None
    signed: str = ""
    list_title: str = ""
    attached: str = ""
    moment: str = ""
    listed: SummaryPage | None = None


def decision_of(book: Rulebook, by: By, results: Sequence[Result], made: Made) -> DecisionPage:
    """The decision of one authority about all these, who were decided."""
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
    """What the decision says of one person: its first article is about them, the others stay."""
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
    """The lines below “Nơi nhận:”, the last with a full stop (Nghị định 30/2020, Phụ lục I)."""
    lines = [one_line(one) for one in recipients]
    return tuple(f"{one}{'.' if number == len(lines) else ';'}" for number, one in enumerate(lines, start=1))


def _attached(paper: str) -> str:
    """Under the title of the list: a number alone is that of a decision."""
    words, said = section("decision"), _PAPER.fullmatch(paper)
    if not paper:
        return words["attached"]
    bare = said is not None and not said["kind"]
    return words["attached_number" if bare else "attached_to"].format(paper=paper)


def _numbered(paper: str, place: str) -> tuple[str, str]:
    """Number and line of place and day, of a written decision as far as its name tells them."""
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
    """Whose people they are: the office, or the public service unit of it that decides about its own."""
    return by.office if by.superior and by.superior == made.office else made.office


def _heading(by: By, made: Made) -> Heading:
    """That of who decides."""
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
