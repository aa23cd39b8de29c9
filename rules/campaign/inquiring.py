"""Opinions that are asked of bodies outside: about whom, what the form asks for, by which day."""

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
    """What is asked: its `label` on paper ("": the opinion as a whole), as it is asked (`text`), and what may be chosen (none: it is written)."""

    key: str
    label: str
    text: str
    options: tuple[str, ...] = ()


#: What is asked where the text names no form.
OPINION = InquiryQuestion("opinion", "", "")


def wanted_of(book: Rulebook, rule: InquiryRule) -> tuple[InquiryQuestion, ...]:
    """What the form of the rule asks for."""
    form = book.forms.get(rule.form)
    found = tuple(
        InquiryQuestion(one.key, one.printed_as or one.text, one.text, tuple(option.label for option in one.options))
        for _, _, one in (form.walk() if form else ())
        if one.kind in {QuestionKind.TEXT, QuestionKind.CHOICE}
    )
    return found or (OPINION,)


def form_of(book: Rulebook, rule: InquiryRule) -> Form | None:
    """The form the rule names."""
    return book.forms.get(rule.form)


def asked_about(book: Rulebook, rule: InquiryRule, lines: Sequence[ReviewLine]) -> dict[int, Person]:
    """About whom it is asked in a part of a campaign: whoever has a review there, is as the rule says, and, where the paper lies in the
    dossiers of people alone, has one.
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


#: Days that are offered until the last one, besides the day of the plan.
DAYS = (7, 14, 21)


def last_days(due: dt.date | None, today: dt.date) -> tuple[dt.date, ...]:
    """The last days that are offered: that of the plan first, where it is still to come."""
    offered = [today + dt.timedelta(days=count) for count in DAYS]
    return tuple(dict.fromkeys([due, *offered] if due and due > today else offered))


#: Further away no link holds.
FURTHEST = dt.timedelta(days=120)


def due_of(rule: InquiryRule, days: Mapping[str, dt.date]) -> dt.date | None:
    """Its last day by the plan."""
    return days.get(rule.by) if rule.by else None
