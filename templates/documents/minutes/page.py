"""The content of the minutes, line by line, shared by the Word file and the PDF. Layout: Nghị định 30/2020/NĐ-CP, Phụ
lục III, Mẫu 1.9.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.texts import evenly, one_line, paragraphs
from templates.documents.words import period_words, section

#: Number of digits of the fingerprint that are printed.
_MARK = 16
#: Number of capital letters that fit into a line of the heading's left column.
_WIDE = 23


class Kind(StrEnum):
    """The kind of a line: how it is drawn."""

    HEAD = "head"  # heading of a part
    ITEM = "item"  # agenda item
    TEXT = "text"
    POINT = "point"  # one of several points


@dataclass(frozen=True, slots=True)
class Line:
    """A line. `lead` is printed in bold before its text."""

    kind: Kind
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs, and in which capacity."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes. `date`: place and day at the top, as on party papers; `mark`: states that they are a draft; `note`:
    names the version.
    """

    heading: Heading
    number: str
    date: str
    mark: str
    title: str
    about: str
    lines: tuple[Line, ...]
    recipients: tuple[str, ...]
    called: str
    writes: Signer
    chairs: Signer
    note: str


def minutes_page(kept: Mapping[str, Any], *, version: int = 0, mark: str = "", final: bool = False) -> MinutesPage:
    """The minutes as a page. `version` 0: as the meeting stands now."""
    words, party = section("minutes"), bool(kept.get("party"))
    fixed = section("heading.party" if party else "heading.administrative")
    office, unit = one_line(kept["office"]), one_line(kept["unit"])
    above = words["party_above"] if party else one_line(kept["above"]) if unit == office else office
    sessions = kept["sessions"]
    last = next((one["until"] for one in reversed(sessions) if one["until"]), "")
    chair, secretary = (kept["chairs"] or [{}])[-1], kept["secretary"] or {}
    note = words["fingerprint"].format(version=version, mark=mark[:_MARK]) if version else ""
    return MinutesPage(
        Heading(evenly(above.upper(), _WIDE), evenly(unit.upper(), _WIDE), fixed["first"], fixed["second"]),
        words["number_party" if party else "number"],
        day(_moment(last).date().isoformat() if last else "", one_line(kept["signed_at"])) if party else "",
        "" if final else words["draft"],
        words["title"],
        _about(kept),
        tuple(_lines(kept, last)),
        (words["recipient_members"], words["recipient_file"]),
        words["recipients"],
        Signer(words["writes"], one_line(secretary.get("name", ""))),
        Signer(words["chairs"], one_line(chair.get("name", ""))),
        note,
    )


def _about(kept: Mapping[str, Any]) -> str:
    """The kind of meeting: that of a unit, or that of the authority, named as in the text."""
    words, period = section("minutes"), period_words(kept["year"], kept["period"])
    if not kept.get("consults"):
        return words["about"].format(period=period)
    return words["consults"].format(title=one_line(kept["title"]) or words["consulting"], period=period)


def _moment(iso: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(iso)
    return moment.astimezone(_HERE) if moment.tzinfo else moment


_HERE = dt.timezone(dt.timedelta(hours=7))


def _time(iso: str) -> str:
    moment = _moment(iso)
    return section("minutes")["time"].format(hour=f"{moment:%H}", minute=f"{moment:%M}", day=f"{moment:%d/%m/%Y}")


def _ended(iso: str, *, party: bool) -> str:
    moment, words = _moment(iso), section("minutes")
    parts = {"hour": f"{moment:%H}", "minute": f"{moment:%M}", "day": f"{moment:%d}", "month": f"{moment:%m}"}
    return words["ended"].format(**parts, year=moment.year) + (words["end_party"] if party else words["end"])


def _hour(iso: str) -> str:
    moment = _moment(iso)
    return section("minutes")["hour"].format(hour=f"{moment:%H}", minute=f"{moment:%M}")


def _lines(kept: Mapping[str, Any], last: str) -> Iterator[Line]:
    yield from _facts(kept)
    words = section("minutes")
    yield Line(Kind.HEAD, words["agenda"])
    for number, one in enumerate(kept["items"], start=1):
        yield Line(Kind.POINT, f"{number}. {_titled(one)}")
    if kept["order_kept"]:
        yield Line(Kind.TEXT, words["order_kept"].format(why=one_line(kept["order_kept"])))
    yield Line(Kind.HEAD, words["course"])
    for number, one in enumerate(kept["items"], start=1):
        yield from _item(number, one, "proposal" if kept.get("consults") else "")
    for roman, (title, lines) in zip(("III", "IV", "V"), _ending(kept), strict=False):
        yield Line(Kind.HEAD, f"{roman}. {title}")
        yield from lines
    if last:
        yield Line(Kind.TEXT, _ended(last, party=bool(kept.get("party"))))


def _ending(kept: Mapping[str, Any]) -> Iterator[tuple[str, list[Line]]]:
    """The parts that follow the course of the meeting, as far as there are any: ballots, proposals, and how the minutes
    were adopted.
    """
    words = section("minutes")
    if kept["counts"]:
        yield words["counts"], [line for count in kept["counts"] for line in _count(count)]
    if kept["proposals"]:
        yield words["proposals"], [line for each in kept["proposals"] for line in _text(each["text"])]
    if kept["adopted"]:
        yield words["adopted"], [*_adopted(kept["adopted"])]


def _facts(kept: Mapping[str, Any]) -> Iterator[Line]:
    """Time and place, chair and secretary, and who is present or absent."""
    words, sessions = section("minutes"), kept["sessions"]
    if sessions:
        yield Line(Kind.TEXT, _time(sessions[0]["since"]), words["began"])
    yield Line(Kind.TEXT, one_line(kept["place"]) or words["no_place"], words["place"])
    for one in kept["chairs"][:1]:
        yield Line(Kind.TEXT, _who(one), words["chair"])
    for one in kept["chairs"][1:]:
        yield Line(Kind.TEXT, _chair_over(one))
    if kept["secretary"]:
        yield Line(Kind.TEXT, _who(kept["secretary"]), words["secretary"])
    yield Line(Kind.TEXT, str(kept["called"]), words["called"])
    present = [one for one in kept["present"] if not one["guest"]]
    yield Line(Kind.TEXT, f"{len(present)}", words["present"])
    for one in kept["present"]:
        yield Line(Kind.POINT, f"- {_who(one)}{_stay(one, sessions)}")
    absent = kept["absent"]
    yield Line(Kind.TEXT, f"{len(absent)}" if absent else words["nobody"], words["absent"])
    for one in absent:
        why = words["cause"].format(cause=one_line(one["cause"])) if one["cause"] else words["no_cause"]
        yield Line(Kind.POINT, f"- {_who(one)} ({why})")
    for before, after in pairwise(sessions):
        yield Line(Kind.TEXT, words["interrupted"].format(time=_time(before["until"]), why=one_line(before["why"])))
        yield Line(Kind.TEXT, words["resumed"].format(time=_time(after["since"])))


def _chair_over(one: Mapping[str, Any]) -> str:
    """When somebody else took the chair, with the remark that was written or, without one, the reason."""
    why, cite = one.get("why", ""), one_line(one.get("cite", ""))
    how = f"{why}_by" if why and cite else why or "over"
    told = {"time": _time(one["since"]), "name": _who(one)}
    return section("minutes")[f"chair_{how}"].format(**told, line=one_line(one["line"]), cite=cite)


def _who(one: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (one_line(one["name"]), one_line(one["position"])) if part)


def _stay(one: Mapping[str, Any], sessions: Sequence[Mapping[str, Any]]) -> str:
    """The times somebody was present, unless it was the whole meeting; by day when there were several sessions."""
    words = section("minutes")
    spans = [_in_session(one["stays"], each) for each in sessions]
    told = [words["guest"]] if one["guest"] else []
    if any(spans):
        parts = [span or words["whole"] for span in spans]
        days = [f"{_moment(each['since']):%d/%m/%Y}" for each in sessions]
        told += parts if len(sessions) == 1 else [f"{day}: {part}" for day, part in zip(days, parts, strict=True)]
    return f" ({'; '.join(told)})" if told else ""


def _in_session(stays: Sequence[Sequence[Any]], session_: Mapping[str, Any]) -> str:
    """The times somebody was present during a session; "" for all of it."""
    words, begun, ended = section("minutes"), session_["since"], session_["until"]
    here = [one for one in stays if (not ended or one[0] <= ended) and (not one[1] or one[1] > begun)]
    if not here:
        return words["away"]
    spans = []
    for since, until, late in here:
        left = until if until and until != ended else ""
        came = since if late else ""
        if came and left:
            spans.append(words["stay_span"].format(since=_hour(came), until=_hour(left)))
        elif came or left:
            spans.append(words["came" if came else "left"].format(time=_hour(came or left)))
    return ", ".join(spans)


def _titled(one: Mapping[str, Any]) -> str:
    return f"{one_line(one['name'])} ({one_line(one['code'])})"


def _item(number: int, one: Mapping[str, Any], paper: str) -> Iterator[Line]:
    words, name, code = section("minutes"), one_line(one["name"]), one_line(one["code"])
    yield Line(Kind.ITEM, f"{number}. {_titled(one)}")
    if one["out_of_order"]:
        yield Line(Kind.TEXT, words["out_of_order"].format(why=one_line(one["out_of_order"])))
    gone_through = one["conclusion"] or one["comments"] or one["answers"]
    if gone_through:
        yield Line(Kind.TEXT, words[paper or _paper(one)].format(name=name, code=code))
        if one["comments"]:
            yield Line(Kind.TEXT, "", words["comments"])
        else:
            yield Line(Kind.TEXT, words["no_comments"])
    for said in one["comments"]:
        yield from _text(said["text"], lead=f"- {one_line(said['name'])}:", kind=Kind.POINT)
    for said in one["answers"]:
        yield from _text(said["text"], lead=words["answer"].format(name=one_line(said["name"])))
    for why in one["reopened"]:
        yield Line(Kind.TEXT, words["reopened"].format(why=one_line(why)))
    yield from _conclusion(one, name)


def _paper(one: Mapping[str, Any]) -> str:
    """What was submitted to the meeting. Minutes made by an earlier program do not tell whether anything was."""
    how = one.get("paper", "presented")
    word = "paper" if how == "presented" else f"paper_{how}"
    return f"{word}_body" if one["body"] and how != "read" else word


def _conclusion(one: Mapping[str, Any], name: str) -> Iterator[Line]:
    words, ratings = section("minutes"), section("ratings")
    concluded = one["conclusion"]
    if not concluded:
        yield Line(Kind.TEXT, words["not_concluded"])
        return
    lead = words["conclusion"].format(name=one_line(concluded["by"]), present=concluded["present"])
    yield Line(Kind.TEXT, "", lead)
    yield from _assessed(concluded)
    for each in concluded["ratings"]:
        label = words[f"rating_{each['about']}" if each["about"] else "rating"]
        yield Line(Kind.POINT, ratings[each["rating"]], f"- {label}")
    for each in concluded.get("votes", ()):  # minutes of earlier programs lack these
        options = {**ratings, "yes": words["yes"], "no": words["no"]}
        counts = "; ".join(f"{options[option]}: {votes}" for option, votes in each["counts"])
        figures = {"counts": counts, "returned": each["returned"], "entitled": each["entitled"]}
        yield Line(Kind.POINT, words["voted_figures"].format(**figures), f"- {one_line(each['title'])}:")
    if not concluded["ratings"]:
        yield Line(Kind.POINT, f"- {words['no_rating']}")
    if one["taken_up"] is not None:
        said = "taken_up_anew" if one["taken_up"] else "taken_up"
        yield Line(Kind.TEXT, words[said].format(name=name, version=one["taken_up"]))


def _assessed(concluded: Mapping[str, Any]) -> Iterator[Line]:
    """Strengths and shortcomings; for a conclusion as proposed, those the unit had sent up, if any."""
    words, proposed = section("minutes"), concluded.get("as_proposed")
    if proposed:
        yield Line(Kind.POINT, f"- {words['as_proposed']}")
    for what in ("strengths", "shortcomings"):
        if concluded[what] or not proposed:
            yield from _text(concluded[what], lead=f"- {words[what]}", kind=Kind.POINT)


def _text(text: str, *, lead: str = "", kind: Kind = Kind.TEXT) -> Iterator[Line]:
    for place, part in enumerate(paragraphs(text) or [""]):
        yield Line(kind, part, "" if place else lead)


def _count(one: Mapping[str, Any]) -> Iterator[Line]:
    """A ballot, and the result of each line of its slip. Minutes made by an earlier program do not tell whether it was
    on paper; they keep the wording with which they were printed then.
    """
    if "paper" not in one:
        yield Line(Kind.TEXT, _counted_in_one(one))
        return
    words = section("minutes")
    known = {**section("ratings"), "yes": words["yes"], "no": words["no"]}
    how = words["paper_slips" if one["paper"] else "secret" if one["secret"] else "open"]
    figures = {name: one[name] for name in ("entitled", "given", "counted", "void")}
    yield Line(Kind.TEXT, words["count_head"].format(title=one_line(one["title"]), how=how, **figures))
    for line, of in groupby(one["results"], key=lambda result: result[0]):
        votes = "; ".join(f"{known.get(option, one_line(option))} {number}" for _, option, number in of)
        yield Line(Kind.POINT, f"{votes}.", f"- {one_line(line)}:")
    if one.get("apart"):
        yield Line(Kind.TEXT, words["count_apart"].format(times=one["apart"]))


def _counted_in_one(one: Mapping[str, Any]) -> str:
    words = section("minutes")
    known = {**section("ratings"), "yes": words["yes"], "no": words["no"]}
    said = (
        words["votes"].format(line=one_line(line), option=known.get(option, one_line(option)), votes=votes)
        for line, option, votes in one["results"]
    )
    results = "; ".join(said)
    figures = {name: one[name] for name in ("entitled", "given", "counted", "void")}
    how = words["secret" if one["secret"] else "open"]
    text = words["count"].format(title=one_line(one["title"]), how=how, results=results, **figures)
    apart = one.get("apart", 0)  # minutes of an earlier program lack it
    return f"{text} {words['count_apart'].format(times=apart)}" if apart else text


def _adopted(kept: Mapping[str, Any]) -> Iterator[Line]:
    words = section("minutes")
    yield Line(Kind.TEXT, words["adopted_by"].format(count=len(kept["agreed"]), names=_names(kept["agreed"])))
    if kept["silent"]:
        yield Line(Kind.TEXT, words["silent"].format(names=_names(kept["silent"])))
    for one in kept["remarks"]:
        yield from _text(one["text"], lead=words["remark"].format(name=one_line(one["name"])))


def _names(names: Sequence[str]) -> str:
    return ", ".join(one_line(one) for one in names) or section("minutes")["nobody"]
