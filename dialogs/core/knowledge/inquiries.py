"""Knowledge of the room INQUIRY."""

import datetime as dt
from dataclasses import dataclass

from rules.book.inquiries import InquiryRule
from rules.nouns.inquiries import InquiryCase
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign


@dataclass(frozen=True, slots=True)
class AskedOutside:
    """The opinion of a body outside about one person in a part of a campaign."""

    #: What buttons call it.
    stamp: str
    campaign: Campaign
    rule: InquiryRule
    person: Person
    #: What was asked, and what came.
    case: InquiryCase
    #: The day by the plan on which it should be asked.
    due: dt.date | None = None
    #: What buttons call its place in a dossier; "": it has none.
    place: str = ""
    #: The name of the file at that place.
    handed: str = ""


@dataclass(frozen=True, slots=True)
class InquiriesView:
    """Knowledge of INQUIRY."""

    #: Those about this person; for the desk all of the campaign that the event is about.
    asked: tuple[AskedOutside, ...] = ()
    #: For the desk: the office's campaigns in which opinions are asked, with their number.
    campaigns: tuple[tuple[Campaign, int], ...] = ()
    campaign: int = 0
