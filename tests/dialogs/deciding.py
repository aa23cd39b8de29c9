"""The small office from the authority's side: QUY decides, THU runs the desk."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs.authority.door import VERBS
from dialogs.core.buttons import Button
from dialogs.core.knowledge.authority import Deciding
from dialogs.core.state import State
from dialogs.core.turn import Key, SetFocus, Turn
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Outcome, Review, ReviewStatus
from rules.nouns.rulings import Ruling
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating
from tests.dialogs.small_office import BOOKS, LAN, NOW, decided, draft, review

QUY = replace(LAN, id=9, name="Đỗ Ngọc Quý", position="Chánh Văn phòng", unit_id=12, unit="Lãnh đạo")
THU = replace(LAN, id=10, name="Bùi Anh Thư", desk=True)


def agreed(of: Review | None = None, *, decider: int | None = QUY.id) -> Review:
    """A review that the head has agreed to and that waits for QUY."""
    found = of or review(draft(), decisions=(decided(1, Outcome.APPROVED, comment="Làm tốt."),))
    return replace(found, status=ReviewStatus.APPROVED, decider_id=decider)


def ruled(of: Review, rating: Rating = Rating.GOOD, status: ReviewStatus = ReviewStatus.DECIDED) -> Review:
    """The review after QUY has decided it."""
    number = len(of.rulings) + 1
    ruling = Ruling(number, 1, {"self": rating}, QUY.id, QUY.name, QUY.position, NOW)
    return replace(of, rulings=(*of.rulings, ruling), status=status)


def line(of: Review) -> ReviewLine:
    """The review line of a review."""
    newest = of.draft
    return ReviewLine(
        of.id,
        of.person,
        of.campaign,
        of.form,
        of.status,
        of.approver_id,
        of.approver_role,
        of.decider_id,
        bool(of.answers),
        newest.self_rating if newest else None,
        newest.suggested if newest else None,
        of.ruling.rating if of.ruling else None,
    )


def sees(
    about: Review | None,
    *mine: Review,
    person: Person = QUY,
    focus: Mapping[str, Json] | None = None,
    acts_for: tuple[int, ...] = (),
    **room: object,
) -> State:
    """The state of a decider's conversation, with this review in `about`."""
    listed = mine or ((about,) if about else ())
    known = Deciding(**{"mine": tuple(line(one) for one in listed), **room})
    return State(person, "vi", NOW, about=about, focus=focus, acts_for=acts_for, room=known)


def press(state: State, button: Button) -> Turn:
    """The turn that follows from a press."""
    return VERBS[button.verb](BOOKS, state, button)


def keys(turn: Turn) -> list[Key]:
    """Every button of a turn."""
    return [key for reply in turn.replies for row in reply.keyboard for key in row]


def button_of(turn: Turn, label: str, **values: Json) -> Button:
    """The button with that label (and these values)."""
    return next(key.button for key in keys(turn) if key.label == label and values.items() <= dict(key.values).items())


def focus_of(turn: Turn) -> Mapping[str, Json] | None:
    """The focus that a turn sets."""
    return next((command.focus for command in turn.commands if isinstance(command, SetFocus)), None)


def of_kind(turn: Turn, kind: type) -> list[Any]:
    """The commands of one kind."""
    return [command for command in turn.commands if isinstance(command, kind)]
