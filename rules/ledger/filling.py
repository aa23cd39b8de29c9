"""Filling a form from the ledger: the questions that ask for the percentages computed from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.book.ledger import PERCENTAGES, Score
from rules.book.rulebook import Rulebook
from rules.forms.answers import stands_instead
from rules.forms.form import Form, Question
from rules.ledger.work import WorkLedger, counted
from rules.nouns.reviews import Answers


def asked_for(book: Rulebook, form: Form) -> Mapping[str, str]:
    """Percentage → the question of the form that asks for it; empty if the rulebook counts no products."""
    if book.scores.ledger is None:
        return {}
    found = {
        rule.fact: question.key
        for question in form.questions.values()
        for rule in question.yields
        if rule.fact in PERCENTAGES and rule.how == "value"
    }
    return {fact: found[fact] for fact in PERCENTAGES if fact in found}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a ledger gives to a form: its score, and question → percentage to be entered."""

    ledger: WorkLedger
    score: Score
    values: Mapping[str, float]
    #: Questions that may be asked in place of these.
    instead: tuple[Question, ...] = ()

    def chosen(self, answers: Answers) -> Question | None:
        """What the person typed in place of the ledger's figures."""
        return next((one for one in self.instead if stands_instead(one, answers)), None)

    def differs(self, answers: Answers) -> bool:
        """Whether the form now has different figures."""
        if one := self.chosen(answers):
            return any(self.score.facts.get(rule.fact) != answers[one.key].value for rule in one.yields)
        return any(key in answers and answers[key].value not in {None, value} for key, value in self.values.items())

    def taken(self, answers: Answers) -> bool:
        """Whether the form has exactly these figures."""
        return (
            not self.chosen(answers)
            and bool(self.values)
            and all(key in answers and answers[key].value == value for key, value in self.values.items())
        )


def filled(book: Rulebook, form: Form, ledger: WorkLedger) -> Filled:
    """What the ledger gives to this form. Percentages are of what is assigned (Điều 14), so without that there are
    none.
    """
    score = counted(book, ledger)
    values = {
        question: entered(float(percentage))
        for fact, question in asked_for(book, form).items()
        if isinstance(percentage := score.facts.get(fact), int | float)
    }
    instead = tuple(one for one in form.questions.values() if values.keys() & set(one.instead_of))
    return Filled(ledger, score, values, instead)


def entered(percentage: float) -> float:
    """The value to be entered, in full precision because nothing is rounded before a threshold; a whole number as int."""
    return int(percentage) if percentage.is_integer() else percentage
