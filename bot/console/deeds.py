"""What may be done with several people who are chosen in the list, and by whom."""

from collections.abc import Mapping

from bot.turn.choosing import may_choose
from dialogs.broadcast.chosen import SEND
from dialogs.people.chosen import GIVE
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.people import Person

#: As addresses call it → the deed of the conversation ("": it only hands out).
DEEDS: Mapping[str, str] = {"nhan": SEND, "ma": GIVE, "vanban": ""}


def deeds_of(person: Person) -> tuple[str, ...]:
    """Those of them that this person may do at all; with whom, is asked of each who was chosen."""
    held = relations_to_office(person, person.office)
    allowed = {"nhan": may(held, Action.BROADCAST), "ma": may_choose(person), "vanban": may(held, Action.READ_PAPERS)}
    return tuple(deed for deed in DEEDS if allowed[deed])
