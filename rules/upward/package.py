"""The package that a unit sends up, as one value: every paper of its list with its hash, what is missing and who owes
it, and the proposed ratings.

Only this value is stored and sealed. It contains neither wording nor a time, so the same papers always give the same
value.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.campaign.assembling import Debt, FileOf, LineThere, PartThere
from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one review. Ratings are "" where none is proposed."""

    review: int
    name: str
    position: str
    code: str
    #: The self-rating.
    own: str
    #: What is rated ("" if there is only one rating) and the proposed rating.
    ratings: tuple[tuple[str, str], ...]
    #: "sheet" (those whom it asked, together), "meeting" (its conclusion), "chain" (the head's agreement), or "" for
    #: nobody yet.
    by: str
    #: The draft it is about; `mark` is its hash.
    version: int
    mark: str
    strengths: str = ""
    shortcomings: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of one rulebook, line by line, for a unit or for one of its people (`whose`)."""

    rulebook: str
    lines: Sequence[LineThere]
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Adopted minutes of the unit."""

    id: int
    number: int
    title: str
    mark: str


@dataclass(frozen=True, slots=True)
class About:
    """The unit, the period, and to whom the package goes by the text."""

    office: str
    above: str
    place: str
    unit: str
    year: int
    period: str
    to: str
    through: str
    cite: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the package needs to know about files and people."""

    #: The hash of a file.
    mark: Callable[[FileOf], str]
    #: Person id → name.
    names: Mapping[int, str]
    #: The summary tables among the files, as they are drawn.
    tables: Mapping[FileOf, Json] = field(default_factory=dict)


def content(
    about: About, lists: Sequence[Listed], proposals: Sequence[Proposal], minutes: Sequence[Minutes], known: Known
) -> dict[str, Json]:
    """The package as a value."""
    told: dict[str, Json] = {name: getattr(about, name) for name in About.__dataclass_fields__}
    tables: list[Json] = [{"key": of.key, "unit": of.unit, "page": page} for of, page in known.tables.items()]
    return {
        **told,
        **({"tables": tables} if tables else {}),
        "lists": [_listed(one, known) for one in lists],
        "proposals": [_proposal(one) for one in proposals],
        "minutes": [{"id": one.id, "number": one.number, "title": one.title, "mark": one.mark} for one in minutes],
    }


def fingerprint(value: Mapping[str, Json]) -> str:
    """SHA-256 of the value, whatever the order of its keys."""
    return hashlib.sha256(sealed_text(value).encode()).hexdigest()


def sealed_text(value: Mapping[str, Json]) -> str:
    """The text that is hashed, with which anybody can verify the seal."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Json) -> str:
    """The hash of a value that has no bytes of its own."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _listed(one: Listed, known: Known) -> Json:
    return {
        "rulebook": one.rulebook,
        "whose": one.whose,
        "lines": [
            {
                "title": line.item.title,
                "cite": line.item.cite,
                "parts": [_part(part, known) for part in line.parts],
            }
            for line in one.lines
        ],
    }


def _part(there: PartThere, known: Known) -> Json:
    return {
        "title": there.part.title,
        "if_any": there.part.if_any,
        "only_for": there.part.only_for,
        "files": [_file(one, known) for one in there.files],
        "missing": [_missing(one, known) for one in there.debts],
    }


def _file(one: FileOf, known: Known) -> Json:
    whose = one.person.name if one.person else one.unit
    return {"source": one.source.value, "id": one.id, "key": one.key, "whose": whose, "mark": known.mark(one)}


def _missing(one: Debt, known: Known) -> Json:
    whose = one.about.name if one.about else one.unit
    return {"whose": whose, "owed_by": one.owed_by.value, "who": known.names.get(one.person or 0, "")}


def _proposal(one: Proposal) -> Json:
    return {
        "review": one.review,
        "name": one.name,
        "position": one.position,
        "code": one.code,
        "own": one.own,
        "ratings": [{"about": about, "rating": rating} for about, rating in one.ratings],
        "by": one.by,
        "version": one.version,
        "mark": one.mark,
        "strengths": one.strengths,
        "shortcomings": one.shortcomings,
    }


# ── reading it ────────────────────────────────────────────────────────────────────────────────


def parts_of(value: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every kind of paper in it: its line, numbered as in the list, and the paper."""
    for listed in value["lists"]:
        for number, line in enumerate(listed["lines"], start=1):
            for part in line["parts"]:
                yield f"{listed['rulebook']}\0{listed['whose']}\0{number}", part


def table_in(value: Mapping[str, Any], file: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The summary table in one of its files, as drawn; None in older packages, which stored only ratings."""
    drawn = (
        one["page"] for one in value.get("tables", ()) if (one["key"], one["unit"]) == (file["key"], file["whose"])
    )
    return next((page for page in drawn if digest(page) == file["mark"]), None)


def missing_in(value: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The missing papers: title, whose it is, and who owes it."""
    return [(part["title"], one) for _, part in parts_of(value) for one in part["missing"]]


def unproposed(value: Mapping[str, Any]) -> list[str]:
    """The people for whom no rating is proposed."""
    return [one["name"] for one in value["proposals"] if not one["by"]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference from the version before."""

    #: added, gone, changed, still, found (no longer missing), or rating; for a rating `before` and `after` are set.
    what: str
    title: str
    whose: str
    before: str = ""
    after: str = ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs in a later version: papers first, then ratings."""
    return [*_of_papers(before, after), *_of_ratings(before, after)]


def _of_papers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    old, new = _papers(before), _papers(after)
    for key, mark in new.items():
        _, title, whose = key
        if key not in old:
            yield Difference("added", title, whose)
        elif old[key] != mark:
            yield Difference("changed", title, whose)
    yield from (Difference("gone", key[1], key[2]) for key in old if key not in new)


def _papers(value: Mapping[str, Any]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """(line, paper, whose) → the hashes of its files."""
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for line, part in parts_of(value):
        for one in part["files"]:
            key = (line, part["title"], one["whose"])
            found[key] = (*found.get(key, ()), one["mark"])
    listed = {mark for marks in found.values() for mark in marks}
    for one in value["minutes"]:
        if one["mark"] not in listed:  # the list has no line for these minutes
            found["minutes", one["title"], str(one["id"])] = (one["mark"],)
    return found


def _of_ratings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    old = {(one["review"], each["about"]): each["rating"] for one in before["proposals"] for each in one["ratings"]}
    new = {(one["review"], each["about"]): each["rating"] for one in after["proposals"] for each in one["ratings"]}
    names = {one["review"]: one["name"] for one in (*before["proposals"], *after["proposals"])}
    for key in {**old, **new}:
        if old.get(key, "") != new.get(key, ""):
            yield Difference("rating", key[1], names[key[0]], old.get(key, ""), new.get(key, ""))
