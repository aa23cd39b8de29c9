"""From the ledger into the form: the questions that ask for the percentages which a ledger gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.book.ledger import PERCENTAGES, Score
from rules.book.rulebook import Rulebook
from rules.forms.answers import stands_instead
from rules.forms.form import Form, Question
from rules.ledger.work import WorkLedger, counted
from rules.nouns.reviews import Answers


def asked_for(book: Rulebook, form: Form) -> Mapping[str, str]:
    """Percentage → the question of the form that asks for it; none where the rulebook counts no products."""
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
    """What a ledger says to a form: its score, and question → percentage as it is entered."""

    ledger: WorkLedger
    score: Score
    values: Mapping[str, float]
    instead: tuple[Question, ...] = ()  # what may be asked instead of these

    def chosen(self, answers: Answers) -> Question | None:
        """What the person typed instead of what the ledger gives."""
        return next((one for one in self.instead if stands_instead(one, answers)), None)

    def differs(self, answers: Answers) -> bool:
        """Whether the form says something else by now."""
        if one := self.chosen(answers):
            return any(self.score.facts.get(rule.fact) != answers[one.key].value for rule in one.yields)
        return any(key in answers and answers[key].value not in {None, value} for key, value in self.values.items())

    def taken(self, answers: Answers) -> bool:
        """Whether the form says just that."""
        return (
            not self.chosen(answers)
            and bool(self.values)
            and all(key in answers and answers[key].value == value for key, value in self.values.items())
        )


def filled(book: Rulebook, form: Form, ledger: WorkLedger) -> Filled:
    """What the ledger says to this form. Where nothing is assigned there is no percentage (Điều 14: of what is assigned)."""
    score = counted(book, ledger)
    values = {
        question: entered(float(percentage))
        for fact, question in asked_for(book, form).items()
        if isinstance(percentage := score.facts.get(fact), int | float)
    }
    instead = tuple(one for one in form.questions.values() if values.keys() & set(one.instead_of))
    return Filled(ledger, score, values, instead)


def entered(percentage: float) -> float:
    """As it is entered: as exact as it was worked out (nothing is rounded before a threshold), a whole number as one."""
    return int(percentage) if percentage.is_integer() else percentage
