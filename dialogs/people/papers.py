"""A person's documents as Word and PDF: the version in force of each review, as far as the reader may have it."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import PaperInForce
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply, Turn
from dialogs.people.guard import MEMBERS, Member
from dialogs.people.page import person_button
from dialogs.shown.person import person_values, which_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

#: The types of file in which a document is given.
KINDS = ("docx", "pdf")
#: Verbs for which the shell looks the documents up.
LIST, ONE = "crew_papers", "crew_paper"


def show(books: Books, _: State, member: Member, button: Button) -> Turn:
    """All documents, newest first. A single one is given directly."""
    found = _newest_first(member)
    if len(found) == 1:
        return Turn((_handed(books, member, found[0]),))
    some = page(found, number(button, 1))
    opening = ((_key(books, member, one),) for one in some.shown)
    values: dict[str, Json] = {
        **person_values(member.person),
        "papers": [_values(books, one) for one in some.shown],
        **some.values(),
    }
    turning = some.keys(LIST, str(member.person.id))
    return Turn((Reply("crew/papers", values, rows(*opening, turning, (_back(member),))),))


def hand(books: Books, state: State, member: Member, button: Button) -> Turn:
    """One document: `crew_paper:0:<person>:<review>`; the list if it no longer exists."""
    named = next((one for one in member.view.papers if one.review.id == number(button, 1)), None)
    return (
        Turn((_handed(books, member, named),))
        if named
        else show(books, state, member, person_button(LIST, member.person))
    )


def _handed(books: Books, member: Member, one: PaperInForce) -> Reply:
    values = {**person_values(member.person), **_values(books, one)}
    return Reply("crew/paper", values, rows((_back(member),)), Papers(one.review.id, one.version, KINDS))


def _newest_first(member: Member) -> list[PaperInForce]:
    return sorted(member.view.papers, key=lambda one: (one.review.campaign.id, one.review.id), reverse=True)


def _values(books: Books, one: PaperInForce) -> dict[str, Json]:
    return {**which_values(books, one.review), "version": one.version, "decided": one.review.ruling is not None}


def _key(books: Books, member: Member, one: PaperInForce) -> Key:
    return Key("crew/paper", person_button(ONE, member.person, str(one.review.id)), which_values(books, one.review))


def _back(member: Member) -> Key:
    return Key("crew/to_page", person_button("crew_person", member.person))


VERBS: dict[str, OnPress] = {
    LIST: MEMBERS.looking(show, Action.READ_PAPERS),
    ONE: MEMBERS.looking(hand, Action.READ_PAPERS),
}
