"""The first minute: strangers with and without a code, the welcome, and "this is not me"."""

from collections.abc import Iterator
from contextlib import suppress

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import TieAccount, Untie
from dialogs.core.events import Event
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import rows
from dialogs.core.state import Invitation, Invited, State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import of_own
from dialogs.interview.resuming import resume
from dialogs.interview.review_page import done, forms, my_forms
from dialogs.interview.several.moved import moved
from dialogs.shown.deciders import decided_outside
from dialogs.shown.new_code import NO as REFUSED_CODE
from dialogs.shown.person import form_of, which_values
from rules.book.rulebook import FormChoice, NoFormError, choose_form, further_forms
from rules.campaign.last_days import is_extended
from rules.campaign.opening.around import as_body
from rules.campaign.opening.due_forms import kind_of
from rules.forms.pace import minutes
from rules.judging.interview import asked
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Json, Review, ReviewStatus
from rules.nouns.values import BODIES, Subject

#: Subjects that cannot answer themselves; the head answers for them.
COLLECTIVES = BODIES

#: The verb that shows everything there is to say about one's form before it is begun.
MORE = "welcome"
#: The verb of "this is not me", of which the desk is told.
NOT_ME = "really_not_me"
#: Verbs that are answered with the welcome.
WELCOMES = frozenset({MORE, "it_is_me"})
#: Verbs of which the desk may be told, so that the state must know its people.
TELL_DESK = frozenset({NOT_ME, REFUSED_CODE, "send", "head_agree", "head_approve"})

#: The message to a stranger whose code does not open the door.
_CLOSED = {
    Invitation.NONE: "welcome/who_are_you",
    Invitation.UNKNOWN: "welcome/unknown_code",
    Invitation.MALFORMED: "welcome/malformed_code",
    Invitation.USED: "welcome/used_code",
    Invitation.EXPIRED: "welcome/expired_code",
    Invitation.REVOKED: "welcome/revoked_code",
    Invitation.WAITING: "welcome/waiting_code",
    Invitation.TOO_MANY: "welcome/too_many_codes",
    Invitation.OTHER: "welcome/tied_already",
}

#: Codes that nobody was given. The message says how many more may be tried.
_TRIED = frozenset({Invitation.UNKNOWN, Invitation.MALFORMED})


def stranger(books: Books, state: State, _: Event) -> Turn:
    """Somebody unknown: without a valid code nothing works, whatever they press or say."""
    invited = state.invited or Invited(Invitation.NONE)
    if invited.outcome is Invitation.VALID and invited.person:
        led = moved(invited.person, state)
        if led:
            return Turn((led,))
        tie = TieAccount(invited.id, invited.person.id)
        return Turn((welcome(books, state, invited.person),), (tie,))
    return Turn((refusal(invited),))


def refusal(invited: Invited) -> Reply:
    """Why a code does not open the door, in any channel."""
    values: dict[str, Json] = {"left": invited.left} if invited.outcome in _TRIED else {}
    if invited.opens_at:
        values["opens"] = invited.opens_at.isoformat()
    return Reply(_CLOSED.get(invited.outcome, "welcome/who_are_you"), values)


def start(books: Books, state: State, _: str) -> Turn:
    """The command /start of a known person. Somebody else's code is refused, and one's own changes nothing."""
    assert state.person is not None, "a stranger does not come here"
    invited = state.invited or Invited(Invitation.NONE)
    others = invited.outcome is Invitation.VALID and invited.person != state.person
    if others or invited.outcome is Invitation.OTHER:
        return Turn((Reply("welcome/not_your_code", {"name": state.person.name}, _not_me()),))
    if state.own is None or not state.own.begun:
        return Turn((welcome(books, state, state.person),))
    return of_own(resume)(books, state, "")


def welcome(books: Books, state: State, person: Person, *, whole: bool = False) -> Reply:
    """Who was recognised, which form, how long it takes, until when, and who reads it.

    `whole`: also why this form, the other forms, and what is kept. `state.own`, `state.due`, `state.waiting` and
    `state.to_decide` are those of `person`.
    """
    values: dict[str, Json] = {
        "name": person.name,
        "position": person.position,
        "unit": person.unit,
        "office": person.office,
        "collective": person.subject in COLLECTIVES,
        "worker": person.subject is Subject.WORKER,
        "waiting": len(state.waiting),
        "deciding": state.to_decide,
        "whole": whole,
        "review": _form_values(books, state, state.own) if state.own else None,
    }
    more = Key("welcome/more", Button(MORE)) if state.own and not whole else None
    return Reply("welcome/welcome", values, rows(*_begin(state), (*_not_me()[0], more)), replaces=whole)


def in_whole(books: Books, state: State, _: Button) -> Turn:
    """The full welcome in place of the short one."""
    assert state.person is not None, "a stranger does not come here"
    return Turn((welcome(books, state, state.person, whole=True),))


def ask_not_me(_: Books, state: State, __: Button) -> Turn:
    """Ask for confirmation that it is not this person: the code is used up, and a new one takes a phone call."""
    assert state.person is not None, "a stranger does not come here"
    keys = ((Key("welcome/really_not_me", Button(NOT_ME)),), (Key("welcome/it_is_me", Button("it_is_me")),))
    return Turn((Reply("welcome/is_it_not_you", {"name": state.person.name}, keys),))


def not_me(_: Books, state: State, __: Button) -> Turn:
    """Untie the account, and tell the desk that the code went to somebody else."""
    told = tuple(_tell_desk(state))
    return Turn((Reply("welcome/untied", {"told": bool(told)}, replaces=True),), (Untie(not_theirs=True), *told))


def it_is_me(books: Books, state: State, _: Button) -> Turn:
    """The press was a mistake: go on with the review."""
    return start(books, state, "")


def _tell_desk(state: State) -> Iterator[Notify]:
    person = state.person
    if person is None:
        return
    values: dict[str, Json] = {"name": person.name, "unit": person.unit, "at": state.now.isoformat()}
    page = ((Key("crew/to_person", Button("crew_person", 0, (str(person.id),))),),)
    for member in state.desk:
        if member != person.id:
            key = f"not_me:{person.id}:{state.now.isoformat()}:{member}"
            yield Notify(member, key, Reply("crew/told_not_me", values, page))


def _form_values(books: Books, state: State, review: Review) -> dict[str, Json]:
    form, sheet = form_of(books, review), OwnReview.of(books, state).looking_at(None)
    chosen = _chosen(books, review)
    questions = asked(form, review.person, review.answers)
    return {
        "form": form.title,
        "rulebook": books[review.campaign.edition].title,
        **which_values(books, review),
        "cite": chosen.cite if chosen else "",
        "why": chosen.why if chosen else "",
        "note": chosen.note if chosen else "",
        **forms(sheet),
        "questions": len(questions),
        "done": done(sheet, sheet.places) if review.begun and review.status in OWED else 0,
        "minutes": minutes(form, [(one.item, one.question) for one in questions]),
        "sent": review.status not in OWED,
        "decided": _is_decided(review),
        "due": state.due.isoformat() if state.due else "",
        "days": (state.due - state.now.date()).days if state.due else 0,
        "extended": is_extended(review),
        "approver": state.approver.name if state.approver else "",
        "outside": decided_outside(books, review),
    }


def _chosen(books: Books, review: Review) -> FormChoice | None:
    """The rule by which this person fills this form; None: it was given otherwise."""
    book, kind = books[review.campaign.edition], kind_of(review.campaign.period)
    of_unit = book.forms[review.form].rates is Subject.ORGANISATION
    person = as_body(review.person) if of_unit else review.person
    chosen = list(further_forms(book, person, kind))
    with suppress(NoFormError):
        chosen.insert(0, choose_form(book, person, kind))
    return next((choice for choice in chosen if choice.form.id == review.form), None)


def _begin(state: State) -> tuple[tuple[Key, ...], ...]:
    review = state.own
    own: tuple[tuple[Key, ...], ...] = ()
    if review and review.status in {ReviewStatus.DRAFTING, ReviewStatus.RETURNED}:
        label = "welcome/go_on" if review.begun else "welcome/begin"
        own = ((Key(label, Button("next", review.id)),),)
    elif review:
        label = "welcome/see_result" if _is_decided(review) else "welcome/see_sent"
        own = ((Key(label, Button("next", review.id)),),)
    waiting = ((Key("head/list", Button("head_list")),),) if state.waiting else ()
    deciding = ((Key("decide/list", Button("decide_list")),),) if state.to_decide else ()
    return rows(*own, *waiting, *deciding, (my_forms(state),))


def _is_decided(review: Review) -> bool:
    """Whether its rating is decided. A month's sheet has none and is only agreed to."""
    return review.status in RULED and review.ruling is not None


def _not_me() -> tuple[tuple[Key, ...], ...]:
    return ((Key("welcome/not_me", Button("not_me")),),)


VERBS: dict[str, OnPress] = {MORE: in_whole, "not_me": ask_not_me, NOT_ME: not_me, "it_is_me": it_is_me}

COMMANDS: dict[str, OnCommand] = {"start": start}
