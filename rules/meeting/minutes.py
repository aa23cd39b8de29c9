"""The minutes of a meeting as one value: facts and people's words in order, without any wording of its own. A version
is stored as this value.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from rules.meeting.nouns.items import Conclusion, Item, Words
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.nouns.people import Member
from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Count:
    """The figures of a ballot held in the meeting, provided by whoever keeps ballots."""

    title: str
    secret: bool
    entitled: int
    given: int
    counted: int
    void: int
    results: Sequence[tuple[str, str, int]]
    #: How often two tellers entered different counts of paper slips.
    apart: int = 0
    paper: bool = False


@dataclass(frozen=True, slots=True)
class MinutesAround:
    """What the minutes need besides the happenings: the body above the office, the place of signature, the period, the
    figures of ballots.
    """

    above: str = ""
    signed_at: str = ""
    year: int = 0
    period: str = "year"
    counts: Sequence[Count] = ()


def content(meeting: Meeting, around: MinutesAround, *, final: bool = False) -> dict[str, Json]:
    """The minutes of the meeting as it stands. `final`: including who agreed to them, and remarks."""
    value: dict[str, Json] = {
        "office": meeting.office,
        "above": around.above,
        "signed_at": around.signed_at,
        "year": around.year,
        "period": around.period,
        "unit": meeting.unit_name,
        **({"consults": True, "title": meeting.title} if meeting.consults else {}),
        **({"party": True} if meeting.leaders else {}),  # a body of the party writes its papers as the party does
        "place": meeting.place,
        "starts": meeting.starts,
        "sessions": [
            {"since": one.since.isoformat(), "until": one.until.isoformat() if one.until else "", "why": one.why}
            for one in meeting.sessions
        ],
        "chairs": [
            {
                "name": one.name,
                "position": _position(meeting, one.person),
                "since": one.since.isoformat(),
                "line": one.line,
                **({"why": one.why.value, "cite": one.cite} if one.why else {}),
            }
            for one in meeting.chairs
        ],
        "secretary": _named(meeting, meeting.secretary),
        "called": len(meeting.called),
        "present": [_present(one) for one in meeting.members if one.came],
        "absent": [
            {"name": one.name, "position": one.position, "cause": one.cause or ""}
            for one in meeting.called
            if not one.came
        ],
        "order_kept": meeting.order_kept,
        "items": [_item(one) for one in meeting.items],
        "counts": [_count(one) for one in around.counts],
        "proposals": [_words(one) for one in meeting.proposals],
        "adopted": None,
    }
    newest = meeting.newest
    if final and newest:
        value["adopted"] = {
            "version": newest.number,
            "agreed": [one.name for one in agreed_by(meeting, adopted=True)],
            "silent": [one.name for one in silent_in(meeting)],
            "remarks": [_words(one) for one in newest.remarks],
        }
    return value


def agreed_by(meeting: Meeting, *, adopted: bool = False) -> list[Member]:
    """Who agreed to the newest version. Once it is `adopted` that includes the chair, whose agreement this is."""
    return [one for one in meeting.members if _agreed(meeting, one) or (adopted and _answers_by_adopting(meeting, one))]


def asked_in(meeting: Meeting) -> list[Member]:
    """Whose answer to the minutes is expected or given: everybody present, except a chair who only has to adopt them."""
    return [one for one in meeting.members if one.came and not _answers_by_adopting(meeting, one)]


def silent_in(meeting: Meeting) -> list[Member]:
    """Those of them who have not answered to the newest version."""
    return [one for one in asked_in(meeting) if not _agreed(meeting, one) and not _remarked(meeting, one)]


def _answers_by_adopting(meeting: Meeting, one: Member) -> bool:
    return one.id == meeting.chair and one.came and not _agreed(meeting, one) and not _remarked(meeting, one)


def _agreed(meeting: Meeting, one: Member) -> bool:
    return meeting.newest is not None and one.id in meeting.newest.agreed


def _remarked(meeting: Meeting, one: Member) -> bool:
    return meeting.newest is not None and any(words.person == one.id for words in meeting.newest.remarks)


def fingerprint(value: dict[str, Json]) -> str:
    """SHA-256 of the value, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _position(meeting: Meeting, person: int) -> str:
    found = meeting.member(person)
    return found.position if found else ""


def _named(meeting: Meeting, person: int | None) -> Json:
    found = meeting.member(person) if person else None
    return {"name": found.name, "position": found.position} if found else None


def _present(one: Member) -> Json:
    stays: list[Json] = [
        [stay.since.isoformat(), stay.until.isoformat() if stay.until else "", stay.late] for stay in one.stays
    ]
    return {"name": one.name, "position": one.position, "guest": one.guest, "stays": stays}


def _item(one: Item) -> Json:
    conclusion = one.conclusions[-1] if one.conclusions else None
    return {
        "name": one.name,
        "position": one.position,
        "code": one.code,
        "body": one.body,
        "paper": one.paper.value,
        "out_of_order": one.out_of_order,
        "comments": [_words(words) for words in one.comments if not words.withdrawn],
        "answers": [_words(words) for words in one.answers],
        "conclusion": _conclusion(conclusion) if conclusion else None,
        "reopened": [words.text for words in one.reopened],
        "taken_up": one.taken_up.version if one.taken_up else None,
    }


def _conclusion(one: Conclusion) -> Json:
    return {
        "strengths": one.strengths,
        "shortcomings": one.shortcomings,
        "ratings": [{"about": each.about, "rating": each.rating.value} for each in one.ratings],
        "votes": [dict(each) for each in one.votes],
        "by": one.by_name,
        "present": one.present,
        **({"as_proposed": True} if one.as_proposed else {}),
    }


def _words(one: Words) -> Json:
    return {"name": one.name, "text": one.text, "taken_by": one.taken_by}


def _count(one: Count) -> Json:
    results: list[Json] = [[line, option, votes] for line, option, votes in one.results]
    return {
        "title": one.title,
        "secret": one.secret,
        "paper": one.paper,
        "entitled": one.entitled,
        "given": one.given,
        "counted": one.counted,
        "void": one.void,
        "results": results,
        **({"apart": one.apart} if one.apart else {}),
    }
