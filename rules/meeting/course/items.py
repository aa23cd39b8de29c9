"""Happenings about an item: comments, answers, the conclusion, and the person's response to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rules.meeting.course.kept import Change, number, of_item, said, several
from rules.meeting.happenings import Happening, Kind
from rules.meeting.nouns.items import Conclusion, Item, ItemStatus, Paper, Proposed, TakenUp, Words
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.values import Rating


def _turned(meeting: Meeting, one: Happening) -> Meeting:
    """The open item waits again if it was not concluded."""
    waiting = replace(
        meeting,
        items=tuple(
            replace(item, status=ItemStatus.WAITING) if item.status is ItemStatus.OPEN else item
            for item in meeting.items
        ),
    )

    def opens(item: Item) -> Item:
        return replace(item, status=ItemStatus.OPEN, out_of_order=one.text, paper=_paper(meeting, item, one))

    return of_item(waiting, one, opens)


def _paper(meeting: Meeting, item: Item, one: Happening) -> Paper:
    version = one.data.get("version")
    if version == 0:
        return Paper.NONE
    member = meeting.member(item.person)
    away = isinstance(version, int) and not item.body and not (member and member.present)
    return Paper.READ if away else Paper.PRESENTED


def _comment(meeting: Meeting, one: Happening) -> Meeting:
    words = said(meeting, one)
    return of_item(meeting, one, lambda item: replace(item, comments=(*item.comments, words)))


def _answer(meeting: Meeting, one: Happening) -> Meeting:
    words = said(meeting, one)
    return of_item(meeting, one, lambda item: replace(item, answers=(*item.answers, words)))


def _proposal(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, proposals=(*meeting.proposals, said(meeting, one)))


def _withdrawn(meeting: Meeting, one: Happening) -> Meeting:
    return _of_words(meeting, number(one), lambda words: replace(words, withdrawn=True))


def _worded(meeting: Meeting, one: Happening) -> Meeting:
    return _of_words(meeting, number(one), lambda words: replace(words, text=one.text, first=words.first or words.text))


def _of_words(meeting: Meeting, wanted: int, change: Callable[[Words], Words]) -> Meeting:
    def each(words: tuple[Words, ...]) -> tuple[Words, ...]:
        return tuple(change(one) if one.number == wanted else one for one in words)

    items = (replace(item, comments=each(item.comments), answers=each(item.answers)) for item in meeting.items)
    return replace(meeting, items=tuple(items), proposals=each(meeting.proposals))


def _concluded(meeting: Meeting, one: Happening) -> Meeting:
    conclusion = Conclusion(
        one.number,
        str(one.data.get("strengths", "")),
        str(one.data.get("shortcomings", "")),
        tuple(
            Proposed(str(each["question"]), str(each["about"]), Rating(each["rating"]))
            for each in several(one.data, "ratings")
        ),
        one.by,
        one.by_name,
        one.at,
        len(meeting.present),
        tuple(several(one.data, "votes")),
        bool(one.data.get("as_proposed")),
    )
    return of_item(
        meeting,
        one,
        lambda item: replace(
            item, status=ItemStatus.CONCLUDED, conclusions=(*item.conclusions, conclusion), taken_up=None
        ),
    )


def _reopened(meeting: Meeting, one: Happening) -> Meeting:
    words = said(meeting, one)
    return of_item(
        meeting,
        one,
        lambda item: replace(item, status=ItemStatus.WAITING, reopened=(*item.reopened, words), taken_up=None),
    )


def _taken_up(meeting: Meeting, one: Happening) -> Meeting:
    version = one.data.get("version")
    up = TakenUp(version if isinstance(version, int) else 0, one.at)
    return of_item(meeting, one, lambda item: replace(item, taken_up=up))


#: What each of these changes.
AFTER: Mapping[Kind, Change] = {
    Kind.TURNED: _turned,
    Kind.COMMENT: _comment,
    Kind.WITHDRAWN: _withdrawn,
    Kind.ANSWER: _answer,
    Kind.CONCLUDED: _concluded,
    Kind.REOPENED: _reopened,
    Kind.TAKEN_UP: _taken_up,
    Kind.WORDED: _worded,
    Kind.PROPOSAL: _proposal,
}
