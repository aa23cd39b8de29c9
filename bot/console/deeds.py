"""What can be done with several people chosen in the list, and by whom."""

from collections.abc import Mapping

from bot.turn.choosing import may_choose
from dialogs.broadcast.chosen import SEND
from dialogs.people.chosen import GIVE, RENEW
from dialogs.people.extending import EXTEND, TAKE_BACK
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.people import Person

#: The deeds offered by a list; a page of these offers the others.
OFFERED = ("nhan", "ma", "giahan", "vanban")

#: Name in addresses → deed of the conversation ("" for deeds that only hand out files).
DEEDS: Mapping[str, str] = {
    "nhan": SEND,
    "ma": GIVE,
    "malai": RENEW,
    "giahan": EXTEND,
    "bogiahan": TAKE_BACK,
    "vanban": "",
}


def deeds_of(person: Person) -> tuple[str, ...]:
    """The deeds this person may do at all; for each chosen person this is checked again."""
    held = relations_to_office(person, person.office)
    lets_in = may_choose(person)
    allowed = {
        "nhan": may(held, Action.BROADCAST),
        "vanban": may(held, Action.READ_PAPERS),
        "ma": lets_in,
        "malai": lets_in,
        "giahan": may(held, Action.MOVE_DATES),
        "bogiahan": may(held, Action.MOVE_DATES),
    }
    return tuple(deed for deed in DEEDS if allowed[deed])
