"""The cover sheet of a package sent up: every paper with its code, what is missing and who owes it, and the proposed
ratings. It is drawn from the stored package.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.upward.package import Difference
from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, SummaryPage
from templates.documents.texts import one_line
from templates.documents.words import period_words, section

#: Number of digits of a hash that are printed.
MARK = 12

Row = tuple[str | int, ...]


def cover_page(
    kept: Mapping[str, Any],
    *,
    version: int,
    mark: str,
    by: tuple[str, str],
    at: dt.datetime,
    differ: Sequence[Difference] = (),
) -> SummaryPage:
    """The cover sheet as a page. `by`: the sender and their capacity; `differ`: the differences from the previous
    version.
    """
    words, fixed = section("upward"), section("heading.administrative")
    office = one_line(kept["office"])
    to = words["to_through" if kept["through"] else "to"].format(
        **{name: one_line(kept[name]) for name in ("to", "through")}
    )
    about = [
        words["of"].format(unit=one_line(kept["unit"]), period=period_words(kept["year"], kept["period"])),
        to if kept["to"] else words["outside"],
        words["version"].format(version=version, time=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}"),
    ]
    heads = zip(("number", "paper", "state", "mark", "owed"), (13, 92, 52, 42, 62), strict=True)
    rows = [*_papers(kept), *_ratings(kept)]
    return SummaryPage(
        Heading(one_line(kept["above"]).upper(), office.upper(), fixed["first"], fixed["second"]),
        "",
        words["title"].upper(),
        tuple(about),
        tuple(Head(words[name], width, "center" if name in {"number", "mark"} else "left") for name, width in heads),
        tuple(row for row, _ in rows),
        tuple(place for place, (_, strong) in enumerate(rows) if strong),
        (_summed(kept),),
        tuple(_notes(kept, mark, by, differ)),
        day("", one_line(kept["place"])),
        (words["received"], words["sent"]),
        section("summaries")["by_hand"],
    )


def proposals_page(kept: Mapping[str, Any], *, mark: str, at: dt.datetime) -> SummaryPage:
    """The proposed ratings, person by person, as sealed in the package."""
    words, fixed, ratings = section("upward"), section("heading.administrative"), section("ratings")
    names = ("number", "name", "position", "form", "own_rating", "proposed_rating", "proposed_by")
    heads = zip(names, (11, 44, 48, 24, 42, 52, 40), strict=True)
    rows = []
    for number, one in enumerate(kept["proposals"], start=1):
        own = ratings[one["own"]] if one["own"] else words["not_sent"]
        by = words[f"by_{one['by']}"] if one["by"] else ""
        proposed = _proposed(one) or words["unproposed"]
        rows.append(
            (number, one_line(one["name"]), one_line(one["position"]), one_line(one["code"]), own, proposed, by)
        )
    return SummaryPage(
        Heading(one_line(kept["above"]).upper(), one_line(kept["office"]).upper(), fixed["first"], fixed["second"]),
        "",
        words["proposals_title"].upper(),
        (words["of"].format(unit=one_line(kept["unit"]), period=period_words(kept["year"], kept["period"])),),
        tuple(Head(words[name], width, "center" if name == "number" else "left") for name, width in heads),
        tuple(rows),
        (),
        (),
        (words["proposals_note"], words["fingerprint"].format(mark=mark)),
        day(at.date().isoformat(), one_line(kept["place"])),
        ("", words["sent"]),
        section("summaries")["by_hand"],
    )


def _papers(kept: Mapping[str, Any]) -> Iterator[tuple[Row, bool]]:
    for listed in kept["lists"]:
        if len(kept["lists"]) > 1:
            yield ("", one_line(listed["whose"] or listed["rulebook"]), "", "", ""), True
        for number, line in enumerate(listed["lines"], start=1):
            several = len(line["parts"]) > 1
            if several:
                yield (number, one_line(line["title"]), "", "", ""), False
            for part in line["parts"]:
                title = part["title"] if several else line["title"]
                yield from ((row, False) for row in _part("" if several else number, title, part))


def _part(number: int | str, title: str, part: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each file, and one for what is missing."""
    words = section("upward")
    files, missing = part["files"], part["missing"]
    for place, one in enumerate(files):
        first = not place
        yield number if first else "", one_line(title) if first else "", one_line(one["whose"]), one["mark"][:MARK], ""
    if missing:
        owed = "; ".join(dict.fromkeys(_owing(one) for one in missing))
        state = words["missing"].format(count=len(missing))
        yield "" if files else number, "" if files else one_line(title), state, "", owed
    elif not files:
        nothing = words["if_any"] if part["if_any"] or part["only_for"] else words["nobody"]
        yield number, one_line(title), nothing, "", ""


def _owing(one: Mapping[str, Any]) -> str:
    named = [one_line(one["who"] or one["whose"])]
    if one["who"] and one["whose"] and one["who"] != one["whose"]:
        named.append(f"({one_line(one['whose'])})")
    return " ".join(named)


def _ratings(kept: Mapping[str, Any]) -> Iterator[tuple[Row, bool]]:
    words, ratings = section("upward"), section("ratings")
    if kept["proposals"]:
        yield ("", words["proposed"], "", "", ""), True
    for number, one in enumerate(kept["proposals"], start=1):
        who = ", ".join(filter(None, (one_line(one["name"]), one_line(one["position"]))))
        own = words["own"].format(rating=ratings[one["own"]]) if one["own"] else words["not_sent"]
        yield (
            (
                number,
                f"{who} ({one_line(one['code'])})",
                _proposed(one) or words["unproposed"],
                one["mark"][:MARK],
                own,
            ),
            False,
        )


def _proposed(one: Mapping[str, Any]) -> str:
    """The rating proposed for a review; if there are several, each with its subject."""
    words, ratings = section("upward"), section("ratings")
    return "; ".join(
        f"{words['of_' + each['about']] if each['about'] else ''}{ratings[each['rating']]}" for each in one["ratings"]
    )


def _summed(kept: Mapping[str, Any]) -> str:
    words = section("upward")
    missing = sum(
        len(part["missing"]) for listed in kept["lists"] for line in listed["lines"] for part in line["parts"]
    )
    return words["lacking"].format(count=missing) if missing else words["whole"]


def _notes(kept: Mapping[str, Any], mark: str, by: tuple[str, str], differ: Sequence[Difference]) -> Iterator[str]:
    words, ratings = section("upward"), section("ratings")
    yield words["ours"].format(cite=one_line(kept["cite"])) if kept["cite"] else words["ours_alone"]
    yield words["by"].format(name=one_line(by[0]), position=one_line(by[1]))
    for one in differ:
        if one.what == "rating":
            before, after = (ratings[each] if each else "–" for each in (one.before, one.after))
            yield words["differs_rating"].format(whose=one_line(one.whose), before=before, after=after)
        else:
            yield words[f"differs_{one.what}"].format(title=one_line(one.title), whose=one_line(one.whose))
    yield words["fingerprint"].format(mark=mark)
