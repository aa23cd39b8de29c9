"""An item on the agenda: its document, the comments on it, and the person's answer."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import let_go
from dialogs.core.awaited import number as focused
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.meetings import CameUp
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.stamps import DECISION, stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Papers, Reply, Turn
from dialogs.meeting import steering
from dialogs.meeting.asking import ask_of_item
from dialogs.meeting.guard import At, button_of, known, may_in, to_item, to_meeting
from dialogs.meeting.happening import happens, who
from dialogs.meeting.page import at_hand_key, following, give_back_keys
from rules.campaign.permissions import Action
from rules.meeting.agenda import before_its_turn, of_oneself, own_chair
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.items import Conclusion, Item, ItemStatus, Words
from rules.meeting.nouns.meeting import OVER, Meeting, Status
from rules.nouns.reviews import Json, Review


def look(_: Books, state: State, at: At, __: Button) -> Turn:
    """The page of an item, with its document: `meeting_item:0:<meeting>:<review>`."""
    return shown(state, at, paper=True)


def shown(state: State, at: At, *commands: Command, paper: bool = False, said: str = "") -> Turn:
    """The page of the item, together with these commands."""
    return Turn((_page(state, at, paper=paper, said=said),), (*commands, *let_go(state, Room.MEETING)))


def renew(_: Books, state: State, at: At, button: Button) -> Turn:
    """Redraw the page in place: `meeting_renew:0:<meeting>:<review>:<how much had been said>`."""
    said = "" if number(button, 2) != _so_far(at.item) or at.item.status is not ItemStatus.OPEN else "nothing_new"
    reply = replace(_page(state, at, paper=False, said=said), replaces=True)
    return Turn((reply,), let_go(state, Room.MEETING))


def _so_far(item: Item) -> int:
    """How much has been said about the item, including what was withdrawn."""
    return len(item.comments) + len(item.answers) + sum(one.withdrawn for one in item.comments)


def after(
    state: State, at: At, *new: NewHappening, said: str = "", paper: bool = False, more: tuple[Command, ...] = ()
) -> Turn:
    """The page after the new happenings."""
    meeting, keep = happens(state, at.meeting, *new)
    return shown(state, of(meeting, at), keep, *more, paper=paper, said=said)


def of(meeting: Meeting, at: At) -> At:
    """The same item in the newer state of the meeting."""
    return At(meeting, meeting.item(at.item.review) or at.item)


def _page(state: State, at: At, *, paper: bool, said: str) -> Reply:
    item, meeting, me = at.item, at.meeting, who(state).id
    review = known(state).review
    version = review.draft.version if review and review.draft else 0
    line = known(state).lines.get(item.review)
    values: dict[str, Json] = {
        "said": said,
        "name": item.name,
        "position": item.position,
        "code": item.code,
        "status": item.status.value,
        "left": line is None,
        "version": version,
        "sent_again": bool(item.version) and version > item.version,
        "self_rating": line.self_rating if line else None,
        "comments": [_said(one) for one in item.comments],
        "answers": [_said(one) for one in item.answers],
        "conclusion": conclusion_values(item.conclusions[-1]) if item.conclusions else None,
        "reopened": [one.text for one in item.reopened],
        "taken_up": item.taken_up.version if item.taken_up else None,
        "own": item.person == me,
        "running": meeting.status is Status.RUNNING,
        "polls": _not_concluded_with(item, voted(state, item)),
        "consults": meeting.consults,
        "came_up": _came_up(state, item) if meeting.consults else None,
    }
    attached = Papers(item.review, version, ("pages",)) if paper and version else None
    return Reply("meeting/item_page", values, _keyboard(state, at, review), attached)


def _not_concluded_with(item: Item, polls: list[Json]) -> list[Json]:
    """The ballots that the conclusion on the page does not name."""
    named = [dict(one) for one in item.conclusions[-1].votes] if item.conclusions else []
    return [one for one in polls if one not in named]


def _came_up(state: State, item: Item) -> Json:
    """The unit's proposal that is in force; None: there is none any more."""
    came = known(state).came_up.get(item.review)
    if came is None:
        return None
    ratings: list[Json] = [{"about": about, "rating": rating} for about, rating in came.ratings]
    return {"unit": came.unit, "ratings": ratings, "by": came.by, "version": came.version, "at": came.at.isoformat()}


def voted(state: State, item: Item) -> list[Json]:
    """The counted ballots of the meeting in which this person or body was a line, with the votes of each option."""
    found: list[Json] = []
    for poll, tally in known(state).polls:
        for place, line in enumerate(poll.lines):
            if tally is not None and line.person == item.person:
                counts: list[Json] = [[option, votes] for option, votes in tally.lines[str(place)].items()]
                values: dict[str, Json] = {"title": poll.title, "counts": counts, "entitled": len(poll.voters)}
                found.append({**values, "returned": tally.returned})
    return found


def _said(one: Words) -> dict[str, Json]:
    return {"name": one.name, "text": one.text, "withdrawn": one.withdrawn, "taken_by": one.taken_by}


def conclusion_values(one: Conclusion) -> dict[str, Json]:
    """The conclusion as values of a template."""
    return {
        "strengths": one.strengths,
        "shortcomings": one.shortcomings,
        "ratings": [{"about": each.about, "rating": each.rating.value} for each in one.ratings],
        "by": one.by_name,
        "votes": [dict(each) for each in one.votes],
        "as_proposed": one.as_proposed,
    }


def _keyboard(state: State, at: At, review: Review | None) -> tuple[tuple[Key, ...], ...]:
    item, meeting, me = at.item, at.meeting, who(state).id
    chairs = may_in(state, meeting, Action.CHAIR_MEETING)
    writes = may_in(state, meeting, Action.WRITE_MINUTES)
    running = meeting.status is Status.RUNNING

    def key(label: str, *about: str) -> Key:
        return Key(f"meeting/{label}", button_of(f"meeting_{label}", meeting, str(item.review), *about))

    open_ = item.status is ItemStatus.OPEN and running
    there = (member := meeting.member(me)) is not None and member.present
    own_words = [one for one in item.comments if one.person == me and not one.withdrawn and meeting.status not in OVER]
    leading = []
    if chairs and running and item.status is not ItemStatus.OPEN and item.review in known(state).lines:
        leading = [key("turn")] if item.status is ItemStatus.WAITING else [key("reopen")]
    if chairs and open_:
        came = known(state).came_up.get(item.review)
        leading = [
            *([key("as_proposed", mark({item.review: came}))] if came and came.ratings else []),
            key("conclude"),
        ]
    up = theirs(state, at) and item.conclusion is not None and item.taken_up is None and meeting.status not in OVER
    may_change = up and review is not None and (review.open or can_take_back(review))
    done = chairs and running and item.status is ItemStatus.CONCLUDED
    elsewhere = meeting.open_item if running and not open_ else None
    next_ = following(state, meeting) if done else elsewhere
    own = item.person == me
    concluded = str(len(item.conclusions))
    saying = [key("answer" if own else "comment")] if open_ and there else []
    renewing = [key("renew", str(_so_far(item)))] if open_ else []
    return rows(
        give_back_keys(state, meeting) if done else (),
        (at_hand_key(meeting, next_),) if next_ else (),
        leading,
        (Key("meeting/vote", button_of("vote_at", meeting)),) if chairs and running else (),
        (*saying, *renewing),
        (key("take_down"),) if open_ and writes else (),
        (key("answer_of"),) if open_ and writes and not own else (),
        (key("up", "same", concluded), *((key("up_anew", "anew", concluded),) if may_change else ())) if up else (),
        *(
            (
                Key(
                    "meeting/withdraw",
                    button_of("meeting_withdraw", meeting, str(item.review), str(one.number)),
                    {"text": one.text},
                ),
            )
            for one in own_words
        ),
        (to_meeting(meeting),),
    )


def mark(proposed: Mapping[int, CameUp]) -> str:
    """The stamp of the units' proposals. A unit may send another at any time, so a press concludes only what was on
    display.
    """
    said: list[Json] = [
        [review, [[*of] for of in one.ratings], one.strengths, one.shortcomings] for review, one in proposed.items()
    ]
    return stamp(said, DECISION)


def theirs(state: State, at: At) -> bool:
    """Whether it is this person's own review, or the review of a body that they write."""
    mine = (one.id for one in (state.own, *state.others) if one)
    return at.item.person == who(state).id or (at.item.body and at.item.review in mine)


def can_take_back(review: Review) -> bool:
    """Whether the person may take the draft back to change it: nobody has agreed to it or decided on it."""
    return review.draft is not None and review.status.value == "submitted"


# ── its turn ──


def turn(_: Books, state: State, at: At, __: Button) -> Turn:
    """Turn to this item; out of order only with a reason: `meeting_turn:0:<meeting>:<review>`."""
    meeting, item = at.meeting, at.item
    if meeting.status is not Status.RUNNING or item.status is not ItemStatus.WAITING:
        return shown(state, at)
    if item.review not in known(state).lines:
        return shown(state, at, said="gone")
    if of_oneself(meeting, item):
        return other_chair(state, at)
    out = before_its_turn(_without_left(state, meeting), item, known(state).rules)
    if out:
        anyway = Key("meeting/anyway", button_of("meeting_turn_why", meeting, str(item.review)))
        reply = Reply(
            "meeting/order", {**steering.out_of_order(out), "turn": True}, ((to_meeting(meeting),), (anyway,))
        )
        return Turn((reply,))
    return after(state, at, turned_to(state, at), paper=True)


def turned_to(state: State, at: At, why: str = "") -> NewHappening:
    """The happening of turning to the item. It names the version of the document that everybody has on display; 0: none
    was sent.
    """
    review = known(state).review
    version = review.draft.version if review and review.draft else 0
    return NewHappening(Kind.TURNED, at.item.review, text=why, data={"version": version})


def _without_left(state: State, meeting: Meeting) -> Meeting:
    """The meeting without items whose review is no longer owed, so that they hold up nothing."""
    return replace(meeting, items=tuple(one for one in meeting.items if one.review in known(state).lines))


def other_chair(state: State, at: At) -> Turn:
    """Nobody chairs their own review: offer to hand the chair to a deputy first."""
    rule = own_chair(at.item, known(state).rules)
    meeting = at.meeting
    others = [one for one in meeting.members if one.id != at.item.person and not one.guest]
    deputies = [one for one in others if one.deputy] or [one for one in others if one.present]
    about = str(at.item.review)
    keys = [
        (Key("meeting/hand_over", button_of("meeting_chair_own", meeting, about, str(one.id)), {"name": one.name}),)
        for one in deputies[:6]
    ]
    typed = button_of("meeting_chair", meeting, str(deputies[0].id)) if len(keys) == 1 else None
    other = Key("meeting/other_reason", typed or button_of("meeting_people", meeting))
    later = _meanwhile(state, at) if at.item.status is ItemStatus.WAITING else None
    values: dict[str, Json] = {
        "name": at.item.name,
        "cite": rule.cite if rule else "",
        "quote": rule.quote if rule else "",
        "deputies": len(keys),
    }
    ways = rows(*keys, (later,) if later else (), (other,) if keys else (), (to_meeting(meeting),))
    return Turn((Reply("meeting/other_chair", values, ways),), let_go(state, Room.MEETING))


def _meanwhile(state: State, at: At) -> Key | None:
    """The button for an item that the present chair may take first in the prescribed order; None: there is none."""
    meeting = _without_left(state, at.meeting)
    for one in meeting.items:
        free = one.status is ItemStatus.WAITING and not of_oneself(meeting, one)
        if free and not before_its_turn(meeting, one, known(state).rules):
            return Key("meeting/meanwhile", button_of("meeting_turn", meeting, str(one.review)), {"name": one.name})
    return None


def hand_over(_: Books, state: State, at: At, button: Button) -> Turn:
    """Hand the chair to somebody else for this item, by the clause: `meeting_chair_own:0:<meeting>:<review>:<person>`."""
    one = at.meeting.member(number(button, 2))
    to_do = of_oneself(at.meeting, at.item) and at.item.status is not ItemStatus.CONCLUDED
    if one is None or not to_do:
        return shown(state, at)
    return steering.hand_over(state, at.meeting, at.item, one.id)


def ask_turn_why(_: Books, __: State, at: At, ___: Button) -> Turn:
    """Ask why the item comes before its turn: `meeting_turn_why:0:<meeting>:<review>`."""
    return ask_of_item("turn_why", at)


def turned(_: Books, state: State, at: At, text: str) -> Turn:
    """Turn to the item with the reason given."""
    if at.meeting.status is not Status.RUNNING or of_oneself(at.meeting, at.item):
        return shown(state, at)
    return after(state, at, turned_to(state, at, text), paper=True)


# ── what is said ──


def ask_comment(_: Books, state: State, at: At, button: Button) -> Turn:
    """Ask for a comment: one's own, or that of a person for whom the secretary records it:
    `meeting_comment:0:<meeting>:<review>[:<person>]`.
    """
    me = who(state).id
    person = number(button, 2) or me
    one = at.meeting.member(person)
    if at.item.status is not ItemStatus.OPEN or one is None or (person != me and not _writes(state, at)):
        return shown(state, at, said="not_open")
    if person == me and not one.present:
        return shown(state, at, said="not_there")
    words = "own_comment" if person == me else "comment"
    return ask_of_item("comment", at, words=words, name="" if person == me else one.name, about={"person": person})


def _writes(state: State, at: At) -> bool:
    return may_in(state, at.meeting, Action.WRITE_MINUTES)


def take_down(_: Books, state: State, at: At, button: Button) -> Turn:
    """Choose whose comment the secretary records: `meeting_take_down:0:<meeting>:<review>:<first>`."""
    others = [one for one in at.meeting.members if one.came and one.id not in {at.item.person, who(state).id}]
    listed = page(others, number(button, 2))
    keys = [
        (
            Key(
                "meeting/whose",
                button_of("meeting_comment", at.meeting, str(at.item.review), str(one.id)),
                {"name": one.name},
            ),
        )
        for one in listed.shown
    ]
    turning = listed.keys("meeting_take_down", str(at.meeting.id), str(at.item.review), room="meeting")
    values: dict[str, Json] = {"name": at.item.name, "count": listed.count}
    return Turn((Reply("meeting/whose", values, rows(*keys, turning, (to_item(at),))),))


def commented(_: Books, state: State, at: At, text: str) -> Turn:
    """Store the comment. If the item was concluded in the meantime, the person is told and may send the text again
    later.
    """
    person = focused(state, "person")
    one = at.meeting.member(person)
    if at.item.status is not ItemStatus.OPEN or one is None:
        return shown(state, at, said="not_open")
    if person != who(state).id and not _writes(state, at):
        return shown(state, at, said="not_open")
    if person == who(state).id and not one.present:
        return shown(state, at, said="not_there" if at.meeting.status is Status.RUNNING else "not_open")
    return after(state, at, NewHappening(Kind.COMMENT, at.item.review, person, text), said="commented")


def withdraw(_: Books, state: State, at: At, button: Button) -> Turn:
    """Withdraw one's own comment: `meeting_withdraw:0:<meeting>:<review>:<number>`. It stays on the page, marked, and
    is left out of the minutes.
    """
    wanted, me = number(button, 2), who(state).id
    mine = next((one for one in at.item.comments if one.number == wanted and one.person == me), None)
    if mine is None or mine.withdrawn:
        return shown(state, at)
    return after(state, at, NewHappening(Kind.WITHDRAWN, at.item.review, data={"number": wanted}), said="withdrawn")


def ask_answer(_: Books, state: State, at: At, __: Button) -> Turn:
    """Ask for the person's answer, typed by them or by the secretary: `meeting_answer:0:<meeting>:<review>`."""
    own = at.item.person == who(state).id
    if at.item.status is not ItemStatus.OPEN or not (own or _writes(state, at)):
        return shown(state, at, said="not_open")
    return ask_of_item("answer", at, words="own_answer" if own else "")


def answered(_: Books, state: State, at: At, text: str) -> Turn:
    """Store the answer."""
    own = at.item.person == who(state).id
    if at.item.status is not ItemStatus.OPEN or not (own or _writes(state, at)):
        return shown(state, at, said="not_open")
    return after(state, at, NewHappening(Kind.ANSWER, at.item.review, at.item.person, text), said="answered")
