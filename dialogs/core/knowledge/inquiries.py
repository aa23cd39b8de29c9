"""What INQUIRY knows."""

import datetime as dt
from dataclasses import dataclass

from rules.book.inquiries import InquiryRule
from rules.nouns.inquiries import InquiryCase
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign


@dataclass(frozen=True, slots=True)
class AskedOutside:
    """An opinion of a body outside about a person, in a part of a campaign: what the rule says of it, what was asked and what came (`case`). `place`:
    what buttons call its place in a dossier ("": none), `handed`: how the file there is called; `due`: its day by the plan. `stamp`: what buttons call it.
    """

    stamp: str
    campaign: Campaign
    rule: InquiryRule
    person: Person
    case: InquiryCase
    due: dt.date | None = None
    place: str = ""
    handed: str = ""


@dataclass(frozen=True, slots=True)
class InquiriesView:
    """INQUIRY. `asked`: those about this person; for the desk, where an event names a campaign, a rule or one of them, all of that campaign. `campaigns`: those of
    the desk's office in which any are asked, with how many.
    """

    asked: tuple[AskedOutside, ...] = ()
    campaigns: tuple[tuple[Campaign, int], ...] = ()
    campaign: int = 0
