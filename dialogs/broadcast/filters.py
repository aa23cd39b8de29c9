"""The recipients of a broadcast: everybody, a unit, a group, or people at some stage of their review."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.core.knowledge.office import OfficeView
from dialogs.desk.progress import of_campaign, parts, stage
from dialogs.people.view import everybody
from rules.nouns.alphabet import alphabetical
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES

#: Filters by the stage of a review. A person with several reviews is included if one of them matches.
BY_STAGE: Mapping[str, Callable[[ReviewLine], bool]] = {
    "not_started": lambda one: stage(one) == "not_started",
    "owed": lambda one: one.owed,
    "returned": lambda one: stage(one) == "returned",
    "waiting": lambda one: stage(one) == "waiting",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of recipients."""

    #: `all`, `unit`, `group`, or one of `BY_STAGE`.
    kind: str
    #: The id of the unit or the name of the group.
    of: str = ""

    def values(self, view: OfficeView) -> dict[str, Json]:
        """The values of a template."""
        name = view.units.get(int(self.of), "") if self.kind == "unit" else self.of
        return {"kind": self.kind, "name": name}


def kinds(view: OfficeView, campaign: int) -> tuple[str, ...]:
    """The available filters. Without a campaign nobody is at a stage of a review."""
    of_review = tuple(BY_STAGE) if parts(view, campaign) else ()
    return ("all", "unit", *(("group",) if groups(view) else ()), *of_review)


def groups(view: OfficeView) -> tuple[str, ...]:
    """The groups of the roster, by name."""
    return tuple(sorted({one.group for one in view.people if one.group}, key=alphabetical))


def units(view: OfficeView) -> tuple[int, ...]:
    """The ids of the units in which somebody works, by name."""
    return tuple(
        sorted({one.unit_id for one in view.people}, key=lambda unit: (alphabetical(view.units.get(unit, "")), unit))
    )


def chosen(view: OfficeView, campaign: int, by: Filter, without: int) -> tuple[Person, ...]:
    """The people whom a filter selects, except `without`, by unit and then by name."""
    ids = _ids(view, campaign, by)
    return tuple(one for one in everybody(view) if one.id in ids and one.id != without)


def _ids(view: OfficeView, campaign: int, by: Filter) -> frozenset[int]:
    match by.kind:
        case "all":
            return _of(view.people)
        case "unit":
            return _of([one for one in view.people if str(one.unit_id) == by.of])
        case "group":
            return _of([one for one in view.people if one.group == by.of])
        case _:
            fits = BY_STAGE.get(by.kind)
            there = [one for one in of_campaign(view, campaign) if fits and fits(one)]
            return frozenset(one.owner for one in there if one.drafter or one.person.subject not in BODIES)


def _of(people: Sequence[Person]) -> frozenset[int]:
    """The ids of the people among them. What concerns a body goes to the drafter of its report."""
    return frozenset(one.id for one in people if one.subject not in BODIES)
