"""Running a meeting: invitations, order of the agenda, opening, interrupting, closing, the chair, and the screen on the
wall.
"""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.meetings import IssueWallLink
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.meeting.asking import ask
from dialogs.meeting.guard import button_of, invited_keys, known, to_meeting
from dialogs.meeting.happening import happens, who
from dialogs.meeting.page import TO_COME, at_hand_key, beside, concluded, following, give_back_keys, item_line, shown
from rules.meeting.agenda import OutOfOrder, against, of_oneself, own_chair
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Handover, Meeting, Status
from rules.meeting.voting import still_on
from rules.nouns.reviews import Json

#: How many minutes a link to the screen on the wall can be opened. It is stated in the message; the shell enforces it.
WALL_MINUTES = 30
#: The verb that asks for such a link.
WALL = "meeting_wall"


def tell(meeting: Meeting, what: str, reply: Reply, *, but: int = 0) -> tuple[Command, ...]:
    """Notify everybody who was called, except `but`."""
    return tuple(
        Notify(one.id, f"meeting-{what}:{meeting.id}:{meeting.last}:{one.id}", reply)
        for one in meeting.members
        if one.id != but
    )


def invitations(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Send invitations with day, place and agenda to those who have none yet: `meeting_invitations:0:<meeting>`."""
    me = who(state).id
    to = [one.id for one in meeting.members if one.id != me and one.id not in meeting.asked]
    if not to:
        return shown(state, meeting, said="asked", about=meeting.asked_at.isoformat() if meeting.asked_at else "")
    values: dict[str, Json] = {
        **_invited_to(meeting),
        "items": [{"name": one.name, "code": one.code} for one in meeting.items],
    }
    reply = Reply("meeting/invited", values, invited_keys(meeting))
    asked: list[Json] = [*to]
    after, keep = happens(state, meeting, NewHappening(Kind.ASKED, data={"people": asked}))
    told = (Notify(one, f"meeting-invited:{after.id}:{after.last}:{one}", reply) for one in to)
    return shown(state, after, keep, *told, said="invited")


def _invited_to(meeting: Meeting) -> dict[str, Json]:
    return {
        "unit": meeting.unit_name,
        "consults": meeting.consults,
        "title": meeting.title,
        "starts": meeting.starts,
        "place": meeting.place,
        "chair": meeting.name(meeting.chair),
    }


# ── the order ──


def agenda(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """The order, with a button that moves each item up by one: `meeting_agenda:0:<meeting>`."""
    return Turn((_agenda(state, meeting),))


def _agenda(state: State, meeting: Meeting) -> Reply:
    rules = known(state).rules
    values: dict[str, Json] = {
        "items": [item_line(state, place, one) for place, one in enumerate(meeting.items, start=1)],
        "rules": [
            {"cite": cite, "quote": quote} for cite, quote in dict.fromkeys((r.cite, r.quote) for r in rules.orders)
        ],
        "kept": meeting.order_kept,
    }
    earlier = [
        Key("meeting/earlier", button_of("meeting_earlier", meeting, str(one.review)), {"number": number})
        for number, one in enumerate(meeting.items[1:], start=2)
    ]
    return Reply("meeting/agenda", values, rows(*beside(earlier), (to_meeting(meeting),)))


def earlier(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Move an item up by one; against the rule only with a reason: `meeting_earlier:0:<meeting>:<review>`."""
    order = _moved(meeting, number(button, 1))
    out = against(order, known(state).rules)
    if out:
        return Turn((_refused(meeting, out, number(button, 1)),))
    after, keep = happens(state, meeting, _ordered(order))
    return Turn((_agenda(state, after),), (keep,))


def _moved(meeting: Meeting, review: int) -> tuple[Item, ...]:
    items = list(meeting.items)
    place = next((place for place, one in enumerate(items) if one.review == review), 0)
    if place:
        items[place - 1], items[place] = items[place], items[place - 1]
    return tuple(items)


def _ordered(order: tuple[Item, ...], why: str = "") -> NewHappening:
    listed: list[Json] = [one.review for one in order]
    return NewHappening(Kind.ORDERED, text=why, data={"order": listed})


def out_of_order(out: OutOfOrder) -> dict[str, Json]:
    """The rule that an order violates, as values of a template."""
    return {
        "cite": out.rule.cite,
        "quote": out.rule.quote,
        "first": out.first.name,
        "then": out.then.name,
        "unverified": out.rule.unverified,
    }


def _refused(meeting: Meeting, out: OutOfOrder, review: int) -> Reply:
    anyway = Key("meeting/anyway", button_of("meeting_order_why", meeting, str(review)))
    stays = Key("meeting/stays", button_of("meeting_agenda", meeting))
    return Reply("meeting/order", {**out_of_order(out), "turn": False}, ((stays,), (anyway,)))


def ask_order_why(_: Books, __: State, meeting: Meeting, button: Button) -> Turn:
    """Ask why the agenda differs from the prescribed order: `meeting_order_why:0:<meeting>:<review>`."""
    return ask("order_why", meeting, about={"review_moved": number(button, 1)})


def order_kept(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Store the order with the reason."""
    moved = (state.focus or {}).get("review_moved")
    order = _moved(meeting, moved if isinstance(moved, int) else 0)
    after, keep = happens(state, meeting, _ordered(order, text))
    return shown(state, after, keep, said="order_kept")


# ── opening and ending ──


def open_it(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Open or resume the meeting; whoever opens it is recorded as present: `meeting_open:0:<meeting>`."""
    if meeting.status not in TO_COME or meeting.status is Status.RUNNING:
        return shown(state, meeting)
    me = who(state)
    new = [NewHappening(Kind.OPENED)]
    if meeting.member(me.id):
        new.append(NewHappening(Kind.CAME, person=me.id))
    after, keep = happens(state, meeting, *new)
    came = Key("meeting/came", button_of("meeting_came", after))
    reply = Reply("meeting/opened", {**_invited_to(after), "again": meeting.started}, ((came,),))
    return shown(
        state, after, keep, *tell(after, "opened", reply, but=me.id), said="resumed" if meeting.started else "opened"
    )


def ask_interrupt(_: Books, __: State, meeting: Meeting, ___: Button) -> Turn:
    """Ask why the meeting is interrupted: `meeting_interrupt:0:<meeting>`."""
    return ask("interrupt", meeting)


def interrupted(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Interrupt the meeting; it is resumed another day."""
    if meeting.status is not Status.RUNNING:
        return shown(state, meeting)
    after, keep = happens(state, meeting, NewHappening(Kind.INTERRUPTED, text=text))
    reply = Reply("meeting/interrupted", {"unit": meeting.unit_name, "why": text})
    return shown(state, after, keep, *tell(after, "interrupted", reply, but=who(state).id), said="interrupted")


def ask_close(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Ask for confirmation, naming the items without a conclusion: `meeting_close:0:<meeting>`."""
    if voting := still_on(one for one, _ in known(state).polls):
        return shown(state, meeting, said="voting", about=voting[0].title)
    unsettled = (one for one in meeting.items if one.conclusion is None and one.review in known(state).lines)
    open_ones: list[Json] = [*dict.fromkeys(one.name for one in unsettled)]
    values: dict[str, Json] = {"open": open_ones, "concluded": concluded(meeting), "count": len(meeting.items)}
    sure = Key("meeting/close_now", button_of("meeting_close_now", meeting))
    return Turn((Reply("meeting/close", values, ((sure,), (to_meeting(meeting),))),))


def closed(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Close the meeting; the minutes come next: `meeting_close_now:0:<meeting>`."""
    if meeting.status is not Status.RUNNING:
        return shown(state, meeting)
    if voting := still_on(one for one, _ in known(state).polls):
        return shown(state, meeting, said="voting", about=voting[0].title)
    after, keep = happens(state, meeting, NewHappening(Kind.CLOSED))
    minutes = Key("meeting/minutes", button_of("meeting_minutes", meeting))
    reply = Reply("meeting/to_lay", {"unit": meeting.unit_name}, ((minutes,),))
    secretary = meeting.secretary if meeting.secretary != who(state).id else None
    told = (Notify(secretary, f"meeting-closed:{after.id}:{after.last}", reply),) if secretary else ()
    return shown(state, after, keep, *told, said="closed")


def ask_cancel(_: Books, __: State, meeting: Meeting, ___: Button) -> Turn:
    """Ask why the meeting is cancelled: `meeting_cancel:0:<meeting>`."""
    return ask("cancel", meeting)


def cancelled(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Cancel the meeting, unless it has started."""
    if meeting.started:
        return shown(state, meeting)
    after, keep = happens(state, meeting, NewHappening(Kind.CANCELLED, text=text))
    reply = Reply("meeting/cancelled", {**_invited_to(meeting), "why": text})
    return shown(state, after, keep, *tell(after, "cancelled", reply, but=who(state).id), said="cancelled")


# ── the chair ──


def ask_take(_: Books, __: State, meeting: Meeting, ___: Button) -> Turn:
    """Ask why somebody else takes the chair: `meeting_take:0:<meeting>`."""
    return ask("take", meeting, name=meeting.name(meeting.chair))


def taken(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Take the chair, and notify the previous one."""
    return chaired(state, meeting, who(state).id, NewHappening(Kind.CHAIRED, text=text))


def ask_chair(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Ask for the reason with which the chair is handed over: `meeting_chair:0:<meeting>:<person>`."""
    person = number(button, 1)
    if meeting.member(person) is None or person == meeting.chair:
        return shown(state, meeting)
    own = next((one for one in meeting.items if of_oneself(meeting, one) and one.conclusion is None), None)
    rule = own_chair(own, known(state).rules) if own else None
    by = (
        Key(
            "meeting/by_clause",
            button_of("meeting_chair_own", meeting, str(own.review), str(person)),
            {"cite": rule.cite if rule else ""},
        )
        if own
        else None
    )
    return ask("chair", meeting, name=meeting.name(person), about={"person": person}, instead=by)


def handed_over(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Hand over the chair with the reason given."""
    person = (state.focus or {}).get("person")
    if not isinstance(person, int) or meeting.member(person) is None:
        return shown(state, meeting)
    return chaired(state, meeting, person, NewHappening(Kind.CHAIRED, text=text))


def hand_over(state: State, meeting: Meeting, item: Item, person: int) -> Turn:
    """Hand the chair to somebody else while the chair's own review is discussed, citing the clause."""
    rule = own_chair(item, known(state).rules)
    data: dict[str, Json] = {"why": Handover.OWN.value, "cite": rule.cite if rule else ""}
    return chaired(state, meeting, person, NewHappening(Kind.CHAIRED, data=data))


def give_back(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Return the chair after that: `meeting_chair_back:0:<meeting>`."""
    if meeting.status is not Status.RUNNING or not give_back_keys(state, meeting):
        return shown(state, meeting)
    new = NewHappening(Kind.CHAIRED, data={"why": Handover.BACK.value})
    return chaired(state, meeting, meeting.chairs[-2].person, new)


def chaired(state: State, meeting: Meeting, person: int, new: NewHappening) -> Turn:
    """Change the chair. Those concerned who did not do it themselves are told, with a button to the next item."""
    me = who(state)
    before = meeting.chair
    named: dict[str, Json] = {**new.data, "chair": me.called} if person == me.id else {**new.data}
    after, keep = happens(state, meeting, replace(new, person=person, data=named))
    values: dict[str, Json] = {
        "unit": meeting.unit_name,
        "chair": after.name(person),
        "by": me.called,
        "line": new.text,
        "why": new.data.get("why", ""),
        "cite": new.data.get("cite", ""),
    }
    on = following(state, after) if after.status is Status.RUNNING and person != me.id else None
    next_ = (at_hand_key(after, on),) if on and not of_oneself(after, on) else ()
    reply = Reply("meeting/chaired", values, rows(next_, (Key("meeting/look", button_of("meeting_look", after)),)))
    told = sorted({one for one in (before, person) if one is not None and one != me.id})
    notices = (Notify(one, f"meeting-chair:{after.id}:{after.last}:{one}", reply) for one in told)
    return shown(state, after, keep, *notices, said="chaired")


# ── the wall ──


def wall(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """A one-time link that shows the meeting on a screen: `meeting_wall:0:<meeting>`."""
    link = state.links.get("wall", "")
    values: dict[str, Json] = {"link": link, "minutes": WALL_MINUTES, "open": bool(link), "unit": meeting.unit_name}
    commands = (IssueWallLink(meeting.id, state.fresh_code),) if link else ()
    return Turn((Reply("meeting/wall", values, ((to_meeting(meeting),),)),), commands)
