"""The contents page of a dossier: what the list requires, what is present, what is missing, and who owes it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from rules.book.dossier import DossierSets, Of
from rules.campaign.assembling import Debt, LineThere, PartThere
from rules.nouns.people import Person
from rules.nouns.values import OwedBy
from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, SummaryPage
from templates.documents.texts import one_line
from templates.documents.words import period_words, section


@dataclass(frozen=True, slots=True)
class Particulars:
    """The particulars printed on a contents page: the office and its superior body, the place of signature, the period,
    the owner of the dossier, the rulebook, and the instant.
    """

    office: str
    above: str
    place: str
    year: int
    period: str
    of: Of
    unit: str
    person: Person | None
    rulebook: str
    at: dt.datetime
    #: Person id → name.
    names: Mapping[int, str]
    #: Person id → roster key.
    keys: Mapping[int, str]
    desk: str = ""
    #: The number of sets in which the dossier is made.
    sets: DossierSets | None = None


def contents_page(lines: Sequence[LineThere], about: Particulars) -> SummaryPage:
    """The contents page in words."""
    words, fixed = section("dossier"), section("heading.administrative")
    rows = [row for number, line in enumerate(lines, start=1) for row in _rows(number, line, about)]
    return SummaryPage(
        Heading(one_line(about.above).upper(), one_line(about.office).upper(), fixed["first"], fixed["second"]),
        "",
        words["title"].upper(),
        (_whose(about), one_line(period_words(about.year, about.period)).capitalize()),
        (
            Head(words["number"], 13, "center"),
            Head(words["paper"], 92, "left"),
            Head(words["cite"], 36, "left"),
            Head(words["state"], 36, "left"),
            Head(words["copies"], 15, "center"),
            Head(words["owed"], 62, "left"),
        ),
        tuple(rows),
        (),
        (summed(lines),),
        tuple(_notes(about)),
        day("", about.place),
        (words["made_by"], ""),
        section("summaries")["by_hand"],
    )


def summed(lines: Sequence[LineThere]) -> str:
    """The summary: the numbers of the lines of which something is missing."""
    words = section("dossier")
    lacking = [number for number, line in enumerate(lines, start=1) if any(part.debts for part in line.parts)]
    if not lacking:
        return words["whole"].format(count=len(lines))
    told = ", ".join(str(number) for number in lacking)
    return words["lacking"].format(missing=len(lacking), count=len(lines), lines=told)


def owed_words(debts: Sequence[Debt], about: Particulars) -> str:
    """Who owes what is missing, unit by unit; each person is named once."""
    words = section("dossier")
    told = dict[str, dict[str, None]]()
    for debt in debts:
        told.setdefault(_in_unit(debt, about), {}).setdefault(_who(debt, about))
    every = [
        words["by_unit"].format(unit=unit, names=", ".join(names)) if unit else ", ".join(names)
        for unit, names in told.items()
    ]
    return "; ".join(every)


def state_words(there: PartThere, at: dt.datetime) -> str:
    """Whether the part is present, in words."""
    words, part = section("dossier"), there.part
    files, debts = len(there.files), len(there.debts)
    if debts:
        told = words["missing"] if debts == 1 else words["missing_many"].format(count=debts)
        state = words["both"].format(there=files, missing=debts) if files else told
        state = _by_office(state, there, at)
        return words["due"].format(state=state, day=f"{there.due:%d/%m/%Y}") if there.due else state
    if files:
        state = words["there"] if files == 1 else words["there_many"].format(count=files)
        state = _by_office(state, there, at)
        return words["open"].format(state=state, count=there.open) if there.open else state
    if part.only_for:
        return words["only_for"].format(whom=one_line(part.only_for))
    return words["if_any"] if part.if_any else words["nobody"]


def _by_office(state: str, there: PartThere, at: dt.datetime) -> str:
    """The state, with the day on which the office's own file for the table was handed in."""
    if there.own is None:
        return state
    return section("dossier")["own_file"].format(state=state, day=f"{there.own.at.astimezone(at.tzinfo):%d/%m/%Y}")


def _rows(number: int, line: LineThere, about: Particulars) -> Iterator[tuple[str | int, ...]]:
    copies = f"{about.sets.copies:02}" if about.sets else ""
    if len(line.parts) == 1:
        yield _row(number, line.item.title, line.item.cite, line.parts[0], copies, about)
        return
    yield number, one_line(line.item.title), one_line(line.item.cite), "", copies, ""
    for letter, there in zip(ascii_lowercase, line.parts, strict=False):
        title = section("dossier")["several"].format(letter=letter, title=one_line(there.part.title))
        yield _row("", title, "", there, "", about)


def _row(
    number: int | str, title: str, cite: str, there: PartThere, copies: str, about: Particulars
) -> tuple[str | int, ...]:
    return number, one_line(title), one_line(cite), state_words(there, about.at), copies, owed_words(there.debts, about)


def _in_unit(debt: Debt, about: Particulars) -> str:
    return one_line(debt.unit) if debt.owed_by is OwedBy.PERSON and about.of is Of.AUTHORITY else ""


def _who(debt: Debt, about: Particulars) -> str:
    words = section("dossier")
    name = one_line(about.names.get(debt.person or 0, ""))
    whose = f"{about.keys.get(debt.about.id, '')} {debt.about.name}".strip() if debt.about else ""
    match debt.owed_by:
        case OwedBy.PERSON if debt.about and debt.person != debt.about.id:
            return words["drafts"].format(name=name, body=one_line(debt.about.name))
        case OwedBy.PERSON:
            return one_line(whose) or words["person"]
        case OwedBy.HEAD:
            known = "cell_named" if debt.cell else "head_named"
            return words[known if name else "head"].format(name=name, unit=one_line(debt.unit))
        case OwedBy.DESK:
            who = one_line(about.desk) or words["desk"]
        case OwedBy.AUTHORITY:
            who = words["authority_named"].format(name=name) if name else words["authority"]
    return words["about"].format(who=who, whose=one_line(whose)) if whose and about.of is not Of.PERSON else who


def _whose(about: Particulars) -> str:
    words = section("dossier")
    if about.of is Of.PERSON and about.person:
        one = about.person
        told = {"name": one_line(one.name), "position": one_line(one.position), "unit": one_line(one.unit)}
        return words["of_person"].format(**told)
    return words["of_unit"].format(unit=one_line(about.unit)) if about.of is Of.UNIT else words["of_authority"]


def _notes(about: Particulars) -> Iterator[str]:
    words = section("dossier")
    yield words["rulebook"].format(title=one_line(about.rulebook))
    if about.sets:
        yield words["sets"].format(
            copies=about.sets.copies, note=one_line(about.sets.note), cite=one_line(about.sets.cite)
        )
    yield words["moment"].format(time=f"{about.at:%H:%M}", day=f"{about.at:%d/%m/%Y}")
