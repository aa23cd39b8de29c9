"""The page of a person: where they work, how they sign in, how far their reviews are."""

from dialogs.core.buttons import Button
from dialogs.core.guard import allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.desk.progress import line
from dialogs.people.extending import keys_of
from dialogs.people.view import code_values, joined, may_confirm, may_do, may_second, waiting_code
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.values import BODIES


def page_of(
    books: Books, state: State, view: OfficeView, person: Person, *, told: str = "", replaces: bool = False
) -> Reply:
    """The page of a person.

    `told` is what was just done: `revoked`, `untied`, `known`, `extended`, `unextended`, or `changed` (nothing, because
    things have changed).
    """
    tied, blocked = view.accounts.get(person.id, (0, 0))
    until, code = view.invited.get(person.id), waiting_code(state, view, person)
    values: dict[str, Json] = {
        "told": told,
        "name": person.name,
        "key": view.keys.get(person.id, ""),
        "posts": [{"position": one.position, "unit": one.unit} for one in view.people if one.id == person.id],
        "accounts": tied,
        "blocked": blocked,
        "invited": until.isoformat() if until else "",
        "waiting_code": code_values(code) if code else None,
        "let_in_by": view.unconfirmed[person.id].name if person.id in view.unconfirmed else "",
        "reviews": [{**line(books, state, one), "drafter": ""} for one in view.standings if one.person.id == person.id],
        "body": person.subject in BODIES,
        "drafter": next((one.drafter_name for one in view.standings if one.person.id == person.id), ""),
        "desk": allowed_in_office(state, Action.READ_PROGRESS),
        "own": state.person is not None and state.person.id == person.id,
    }
    return Reply("crew/page", values, _keyboard(state, view, person), replaces=replaces)


def open_key(view: OfficeView, person: Person) -> Key:
    """The button that opens a person's page."""
    values: dict[str, Json] = {"name": person.called, "unit": person.unit, "joined": joined(view, person)}
    return Key("crew/open", person_button("crew_person", person), values)


def person_button(verb: str, person: Person, *more: str) -> Button:
    """A button about a person."""
    return Button(verb, 0, (str(person.id), *more))


def _keyboard(state: State, view: OfficeView, person: Person) -> tuple[tuple[Key, ...], ...]:
    """The buttons. A head issues new codes; the rest is for the desk. One's own sign-in is handled by /thietbi."""
    home, dates = (Key("crew/home", Button("crew_home")),), keys_of(state, view, person)
    if person.subject in BODIES:
        # Nobody signs in as a body; the drafter of its report uses their own phone. An old account may be untied.
        untie = Key("crew/untie", person_button("crew_untie", person)) if joined(view, person) else None
        reports = Key("report/list", Button("report_list"))
        return rows((reports,), dates, (untie,) if may_do(state, person, Action.UNTIE) else (), home)
    label = "crew/new_phone" if joined(view, person) else "crew/new_code"
    code = Key(label, person_button("crew_code", person))
    revoke = Key("crew/revoke", person_button("crew_revoke", person)) if person.id in view.invited else None
    untie = Key("crew/untie", person_button("crew_untie", person)) if joined(view, person) else None
    may_invite, may_untie = (may_do(state, person, action) for action in (Action.INVITE, Action.UNTIE))
    waits = waiting_code(state, view, person)
    haste: Key | None = None
    if waits and may_second(state, person, waits):
        haste = Key("crew/haste_yes", person_button("crew_haste_yes", person, str(waits.id)))
    elif waits and waits.hastened_by is None and may_do(state, person, Action.HASTEN):
        haste = Key("crew/haste", person_button("crew_haste", person, str(waits.id)))
    months = (
        Key("crew/months", person_button("crew_months", person)),
        Key("crew/months_file", person_button("crew_months_file", person)),
    )
    desk = may_do(state, person, Action.RECORD_OUTSIDE)
    papers = Key("crew/papers", person_button("crew_papers", person)) if _others_papers(state, person) else None
    known = Key("crew/known", person_button("crew_known", person)) if may_confirm(state, view, person) else None
    return rows(
        (haste,),
        (known,),
        (code,) if may_invite else (),
        (revoke, untie) if may_untie else (),
        dates,
        (papers,),
        *((one,) for one in months if desk),
        home,
    )


def _others_papers(state: State, person: Person) -> bool:
    """Whether the person's documents may be taken here. One's own are with the review."""
    own = state.person is not None and state.person.id == person.id
    return not own and may_do(state, person, Action.READ_PAPERS)
