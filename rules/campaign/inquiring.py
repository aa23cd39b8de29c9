"""Inquiries in a campaign: about whom a body outside is asked, what its form asks for, and by which day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.book.dossier import Of
from rules.book.inquiries import InquiryRule
from rules.book.rulebook import Rulebook
from rules.campaign.assembling import has_dossier
from rules.forms.form import Form, QuestionKind
from rules.nouns.people import Person
from rules.nouns.standings import ReviewLine


@dataclass(frozen=True, slots=True)
class InquiryQuestion:
    """One question of an inquiry."""

    key: str
    #: The label on paper; "": the opinion as a whole.
    label: str
    #: The question as it is asked.
    text: str
    #: The choices; empty: a text is written.
    options: tuple[str, ...] = ()


#: The question that is asked if the text names no form.
OPINION = InquiryQuestion("opinion", "", "")


def wanted_of(book: Rulebook, rule: InquiryRule) -> tuple[InquiryQuestion, ...]:
    """The questions of the rule's form."""
    form = book.forms.get(rule.form)
    found = tuple(
        InquiryQuestion(one.key, one.printed_as or one.text, one.text, tuple(option.label for option in one.options))
        for _, _, one in (form.walk() if form else ())
        if one.kind in {QuestionKind.TEXT, QuestionKind.CHOICE}
    )
    return found or (OPINION,)


def form_of(book: Rulebook, rule: InquiryRule) -> Form | None:
    """The form named by the rule."""
    return book.forms.get(rule.form)


def asked_about(book: Rulebook, rule: InquiryRule, lines: Sequence[ReviewLine]) -> dict[int, Person]:
    """The people about whom opinions are asked in a part of a campaign: those with a review there whom the rule
    concerns.

    If the paper belongs to people's dossiers only, they also need to have one.
    """
    found = {one.person.id: one.person for one in lines if rule.is_about(one.person)}
    of_person = book.dossier.get(Of.PERSON, ())
    elsewhere = any(
        part.key == rule.place
        for of, items in book.dossier.items()
        if of is not Of.PERSON
        for one in items
        for part in one.parts
    )
    if not rule.place or elsewhere:
        return found
    theirs = has_dossier(of_person, lines)
    return {id_: one for id_, one in found.items() if id_ in theirs}


#: The periods that are offered, in days, besides the day of the plan.
DAYS = (7, 14, 21)


def last_days(due: dt.date | None, today: dt.date) -> tuple[dt.date, ...]:
    """The last days that are offered, first that of the plan if it is still to come."""
    offered = [today + dt.timedelta(days=count) for count in DAYS]
    return tuple(dict.fromkeys([due, *offered] if due and due > today else offered))


#: No link works longer than this.
FURTHEST = dt.timedelta(days=120)


def due_of(rule: InquiryRule, days: Mapping[str, dt.date]) -> dt.date | None:
    """The last day by the plan."""
    return days.get(rule.by) if rule.by else None
