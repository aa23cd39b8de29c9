"""The minutes. They are generated; the secretary edits the wording, those present read them and agree or remark, and
the chair adopts them.
"""

from dialogs.core.awaited import number as focused
from dialogs.core.buttons import Button
from dialogs.core.commands.meetings import KeepMinutes
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Command, DeskFile, Key, Notify, Reply, Turn
from dialogs.meeting.asking import ask
from dialogs.meeting.guard import button_of, may_in, to_meeting
from dialogs.meeting.happening import happens, who
from rules.campaign.permissions import Action
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.minutes import agreed_by, asked_in, silent_in
from rules.meeting.nouns.items import Words
from rules.meeting.nouns.meeting import OVER, Meeting, Status
from rules.meeting.nouns.people import Member
from rules.nouns.reviews import Json
from rules.nouns.text import shorten

#: The longest text of one entry in the list of wordings, in characters.
SHORT = 60


def look(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """The state of the minutes, with the file: `meeting_minutes:0:<meeting>`."""
    return shown(state, meeting)


def look_pdf(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """The same with a PDF: `meeting_pdf:0:<meeting>`."""
    return shown(state, meeting, kind="pdf")


def shown(state: State, meeting: Meeting, *commands: Command, said: str = "", kind: str = "docx") -> Turn:
    """The page of the minutes, together with these commands."""
    return Turn((_page(state, meeting, said=said, kind=kind),), commands)


def _page(state: State, meeting: Meeting, *, said: str, kind: str) -> Reply:
    newest, me = meeting.newest, who(state).id
    adopted_ = meeting.status is Status.ADOPTED
    values: dict[str, Json] = {
        "said": said,
        "unit": meeting.unit_name,
        "status": meeting.status.value,
        "version": newest.number if newest else 0,
        "fingerprint": (meeting.adopted_mark or (newest.fingerprint if newest else ""))[:12],
        "agreed": len(agreed_by(meeting, adopted=adopted_)),
        "asked": len(asked_in(meeting)),
        "silent": [one.name for one in silent_in(meeting)] if newest else [],
        "remarks": [{"name": one.name, "text": one.text} for one in newest.remarks] if newest else [],
        "mine": newest is not None and me in newest.agreed,
        "changed": _laid_and_changed(meeting),
    }
    attached = DeskFile(f"minutes{'pdf' if kind == 'pdf' else ''}_{meeting.id}", kind)
    return Reply("meeting/minutes", values, _keyboard(state, meeting, kind), attached)


def _keyboard(state: State, meeting: Meeting, kind: str) -> tuple[tuple[Key, ...], ...]:
    me, newest = who(state).id, meeting.newest
    writes = may_in(state, meeting, Action.WRITE_MINUTES) and meeting.status not in OVER
    closed = meeting.status is Status.CLOSED
    member = meeting.member(me)
    was_there = member is not None and member.came

    def key(label: str, *about: str) -> Key:
        return Key(f"meeting/{label}", button_of(f"meeting_{label}", meeting, *about))

    version = str(newest.number) if newest else "0"
    lay = (_laying(meeting),) if writes and closed else ()
    first = _laid_and_changed(meeting)  # nothing can be adopted before the change is laid
    agreeing = closed and newest is not None and was_there and me not in {*newest.agreed, meeting.chair}
    return rows(
        lay if first else (),
        (key("agree", version), key("remark", version)) if agreeing else (),
        (key("adopt", version),)
        if closed and newest and not meeting.changed and may_in(state, meeting, Action.CHAIR_MEETING)
        else (),
        () if first else lay,
        (key("words"),) if writes and _prose(meeting) else (),
        (key("pdf"),) if kind != "pdf" else (),
        (to_meeting(meeting),),
    )


def _laid_and_changed(meeting: Meeting) -> bool:
    """Whether the meeting's record has changed since the minutes were laid."""
    return meeting.status is Status.CLOSED and meeting.newest is not None and meeting.changed


def _laying(meeting: Meeting) -> Key:
    button = button_of("meeting_lay", meeting, str(len(meeting.minutes)))
    return Key("meeting/lay", button, {"again": meeting.newest is not None})


# ── their prose ──


def _prose(meeting: Meeting) -> list[tuple[Words, str, str]]:
    """Every comment, answer and proposal in the minutes, with its kind and the name of whom it is about."""
    found = [
        (one, kind, item.name)
        for item in meeting.items
        for kind, said in (("comment", item.comments), ("answer", item.answers))
        for one in said
        if not one.withdrawn
    ]
    return [*found, *((one, "proposal", "") for one in meeting.proposals)]


def words(_: Books, __: State, meeting: Meeting, button: Button) -> Turn:
    """The list of texts whose wording may be edited: `meeting_words:0:<meeting>:<first>`."""
    listed = page(_prose(meeting), number(button, 1))
    keys = [
        (
            Key(
                "meeting/word",
                button_of("meeting_word", meeting, str(one.number)),
                {"kind": kind, "name": one.name, "text": shorten(one.text, SHORT)},
            ),
        )
        for one, kind, ___ in listed.shown
    ]
    turning = listed.keys("meeting_words", str(meeting.id), room="meeting")
    return Turn((Reply("meeting/words", {"count": listed.count}, rows(*keys, turning, (_to_minutes(meeting),))),))


def _worded(meeting: Meeting, wanted: int) -> Words | None:
    return next((one for one, _, __ in _prose(meeting) if one.number == wanted), None)


def ask_word(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Ask for another wording of one text: `meeting_word:0:<meeting>:<number>`."""
    one = _worded(meeting, number(button, 1))
    if one is None:
        return shown(state, meeting)
    return ask("word", meeting, now=one.text, name=one.name, about={"number": one.number})


def word_kept(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Store the new wording. The original wording is kept as well."""
    one = _worded(meeting, focused(state, "number"))
    if one is None or one.text == text:
        return shown(state, meeting)
    after, keep = happens(state, meeting, NewHappening(Kind.WORDED, text=text, data={"number": one.number}))
    return shown(state, after, keep, said="worded")


def ask_proposal(_: Books, __: State, meeting: Meeting, ___: Button) -> Turn:
    """Ask for a further proposal of the meeting: `meeting_proposal:0:<meeting>`."""
    return ask("proposal", meeting)


def proposed(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Store the proposal."""
    after, keep = happens(state, meeting, NewHappening(Kind.PROPOSAL, text=text))
    return shown(state, after, keep, said="proposed")


# ── read and adopted ──


def lay(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Lay a version before those who were present: `meeting_lay:0:<meeting>:<number of versions so far>`."""
    if meeting.status is not Status.CLOSED or number(button, 1) != len(meeting.minutes):
        return shown(state, meeting)
    me, version = who(state).id, len(meeting.minutes) + 1
    values: dict[str, Json] = {"unit": meeting.unit_name, "version": version}
    pdf = DeskFile(f"minutespdf_{meeting.id}", "pdf")
    told = tuple(
        Notify(
            one.id,
            f"meeting-read:{meeting.id}:{meeting.last}:{one.id}",
            Reply("meeting/read", {**values, "chair": one.id == meeting.chair}, _answers(meeting, one, version), pdf),
        )
        for one in meeting.members
        if one.came and one.id != me
    )
    own = meeting.member(me)
    answers = _answers(meeting, own, version) if own and own.came else ()
    done: dict[str, Json] = {
        "version": version,
        "told": len(told),
        "chair": me == meeting.chair,
        "answers": bool(answers),
    }
    keys = (*answers, (_to_minutes(meeting),))
    return Turn((Reply("meeting/laid", done, keys),), (KeepMinutes(meeting.id, meeting.last), *told))


def _to_minutes(meeting: Meeting) -> Key:
    return Key("meeting/minutes", button_of("meeting_minutes", meeting))


def _adopting(meeting: Meeting, version: int) -> Key:
    return Key("meeting/adopt", button_of("meeting_adopt", meeting, str(version)))


def _answers(meeting: Meeting, one: Member, version: int) -> tuple[tuple[Key, ...], ...]:
    """The buttons of somebody who was present, for answering a version; for the chair, the button that adopts it."""
    if one.id == meeting.chair:
        return ((_adopting(meeting, version),),)
    agreeing, remarking = (
        Key(f"meeting/{label}", button_of(f"meeting_{label}", meeting, str(version))) for label in ("agree", "remark")
    )
    return ((agreeing,), (remarking,))


def _newest(meeting: Meeting, wanted: int) -> bool:
    return meeting.status is Status.CLOSED and meeting.newest is not None and meeting.newest.number == wanted


def agree(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Agree with this version of the minutes: `meeting_agree:0:<meeting>:<version>`."""
    wanted, member = number(button, 1), meeting.member(who(state).id)
    if not _newest(meeting, wanted) or member is None or not member.came:
        return shown(state, meeting, said="other_version" if meeting.status is Status.CLOSED else "")
    if meeting.newest and member.id in meeting.newest.agreed:
        return shown(state, meeting)
    after, keep = happens(state, meeting, NewHappening(Kind.AGREED, data={"version": wanted}))
    return shown(state, after, keep, *_all_answered(state, after), said="agreed")


def _all_answered(state: State, meeting: Meeting) -> tuple[Command, ...]:
    """The notice to the chair that everybody has answered."""
    newest, chair = meeting.newest, meeting.chair
    if newest is None or chair is None or chair == who(state).id or silent_in(meeting):
        return ()
    values: dict[str, Json] = {
        "unit": meeting.unit_name,
        "version": newest.number,
        "agreed": len(agreed_by(meeting)),
        "remarks": len(newest.remarks),
    }
    next_ = _laying(meeting) if meeting.changed else _adopting(meeting, newest.number)
    reply = Reply("meeting/answered", values, ((next_,), (_to_minutes(meeting),)))
    return (Notify(chair, f"meeting-answered:{meeting.id}:{meeting.last}", reply),)


def ask_remark(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Ask for a remark on this version: `meeting_remark:0:<meeting>:<version>`."""
    wanted, member = number(button, 1), meeting.member(who(state).id)
    if not _newest(meeting, wanted) or member is None or not member.came:
        return shown(state, meeting, said="other_version" if meeting.status is Status.CLOSED else "")
    return ask("remark", meeting, about={"version": wanted})


def remarked(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Store the remark. If a newer version was laid in the meantime, the remark applies to that one."""
    if meeting.newest is None or meeting.status is not Status.CLOSED:
        return shown(state, meeting)
    data: dict[str, Json] = {"version": meeting.newest.number}
    after, keep = happens(state, meeting, NewHappening(Kind.REMARK, text=text, data=data))
    return shown(state, after, keep, *_all_answered(state, after), said="remarked")


def ask_adopt(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Ask the chair to confirm, naming those who have not answered: `meeting_adopt:0:<meeting>:<version>`."""
    newest = meeting.newest
    if newest is None or not _newest(meeting, number(button, 1)):
        return shown(state, meeting)
    if meeting.changed:
        return shown(state, meeting, said="changed")
    silent: list[Json] = [one.name for one in silent_in(meeting)]
    values: dict[str, Json] = {
        "version": newest.number,
        "agreed": len(agreed_by(meeting)),
        "silent": silent,
        "remarks": [{"name": one.name, "text": one.text} for one in newest.remarks],
    }
    sure = Key("meeting/adopt_now", button_of("meeting_adopt_now", meeting, str(newest.number)))
    return Turn((Reply("meeting/adopt", values, ((sure,), (_to_minutes(meeting),))),))


def adopted(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Adopt the minutes, with who agreed and what was remarked: `meeting_adopt_now:0:<meeting>:<version>`. After a
    change, a new version must be laid first, so that nothing unread is adopted.
    """
    if not _newest(meeting, number(button, 1)):
        return shown(state, meeting)
    if meeting.changed:
        return shown(state, meeting, said="changed")
    me = who(state).id
    told = tuple(
        Notify(
            one.id,
            f"meeting-adopted:{meeting.id}:{meeting.last}:{one.id}",
            _adopted(meeting, sends=one.head and _sends_up(meeting)),
        )
        for one in meeting.members
        if one.id != me
    )
    heads = {one.id for one in meeting.members if one.head}
    mine = _adopted(meeting, sends=_sends_up(meeting) and bool(heads & {me, *state.acts_for}))
    return Turn((mine,), (KeepMinutes(meeting.id, meeting.last, adopted=True), *told))


def _sends_up(meeting: Meeting) -> bool:
    """Whether the result goes up from the unit. Meetings of the authority and of a party cell send nothing up."""
    return not meeting.consults and not meeting.leaders


def _adopted(meeting: Meeting, *, sends: bool) -> Reply:
    """The message that the minutes are adopted. If the reader sends the result up (`sends`), it leads there."""
    up = Key("meeting/send_up", Button("upward_look", 0, (str(meeting.campaign), str(meeting.unit))))
    values: dict[str, Json] = {"unit": meeting.unit_name, "sends": sends}
    return Reply("meeting/adopted", values, rows((up,) if sends else (), (_to_minutes(meeting),)))
