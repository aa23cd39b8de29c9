"""Checks that facts and questions match: every fact that ratings need is asked for, every question is asked of
somebody.
"""

from collections.abc import Collection, Iterator

from rules.book.facts import FACTS
from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.scoring import derivable
from rules.checks.people import forms_of, kinds_of_people
from rules.checks.sources import Sources
from rules.forms.form import Form, Question, QuestionKind
from rules.judging.interview import rated, rating_questions, rules_of
from rules.nouns.conditions import holds
from rules.nouns.errors import Mistake
from rules.nouns.people import TRAITS, Person, traits
from rules.nouns.values import Subject, Verdict
from rules.reading.strict_yaml import Path

#: Facts that only the roster gives, so that no form asks for them.
_ROSTER = frozenset(name for name, fact in FACTS.items() if not fact.asked)


def asked_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Facts that ratings need and the form of such a person cannot give; questions that nobody is ever asked; questions
    asked of more people than their rule concerns, or about what only the roster tells.
    """
    asked: dict[str, set[str]] = {form: set() for form in book.forms}
    lacking: dict[tuple[Path, str, str], None] = {}
    wide: dict[tuple[str, str, str], None] = {}
    for person in kinds_of_people(book):
        for form in forms_of(book, person):
            questions = _asked(form, person)
            asked[form.id] |= questions
            if any(form.questions[key].kind is QuestionKind.RATING for key in questions):
                lacking |= dict.fromkeys(_lacking(book, sources, form, person, questions))
                wide |= dict.fromkeys((form.id, *one) for one in _too_wide(book, form, person, questions))
    yield from (sources.book.mistake(path, expected, fact=fact) for path, expected, fact in lacking)
    yield from _of_questions(book, sources, asked, wide)


def _too_wide(book: Rulebook, form: Form, person: Person, asked: set[str]) -> Iterator[tuple[str, str]]:
    """Questions that only the rules need, asked of a person whom no rule about them concerns although one concerns
    others; each with its first fact.

    Questions that are printed are required by the form itself.
    """
    profiles = [rules_of(book, form, person, question) for question in rating_questions(form)]
    if None in profiles or person.subject is Subject.PARTY_MEMBER:
        return
    about_others = {fact for profile in book.profiles.values() for fact in profile.facts}
    used = {fact for profile in profiles if profile for fact in _needed(profile, person)}
    used |= {name for profile in profiles if profile for formula in profile.formulas for name in formula.inputs}
    used |= {test.fact for case in book.procedure.special_cases for test in case.when.tests}
    leading = {test.fact for question in form.questions.values() if question.when for test in question.when.every_test}
    told: set[str] = {*TRAITS}
    for section, item, question in form.walk():
        conditions = [when for when in (section.when, item.when, question.when) if when]
        if question.key not in asked or any(test.fact not in told for when in conditions for test in when.every_test):
            continue
        facts = {rule.fact for rule in question.yields}
        told |= facts
        if not section.printed and facts and facts <= about_others and not facts & (used | leading):
            yield question.key, question.yields[0].fact


def _asked(form: Form, person: Person) -> set[str]:
    """The questions that this person may be asked, whatever they answer."""
    known = traits(person)
    return {
        question.key
        for section, item, question in form.walk()
        if all(
            when is None or holds(when, known) is not Verdict.UNMET for when in (section.when, item.when, question.when)
        )
    }


def _lacking(
    book: Rulebook, sources: Sources, form: Form, person: Person, asked: set[str]
) -> Iterator[tuple[Path, str, str]]:
    """What the rating in this form depends on and the form does not ask for: its place and name."""
    subject, leader = rated(form, person)
    path = sources.ratings_of(subject, leader=leader) or ("choose_form",)
    profile = book.profiles.get((subject, leader))
    if profile is None:
        yield path, "no_ratings", subject
        return
    told = {*(rule.fact for key in asked for rule in form.questions[key].yields), *TRAITS}
    known = derivable(profile.formulas, told) | _ROSTER
    yield from ((path, "no_question", fact) for fact in _needed(profile, person) if fact not in known)


def _needed(profile: Profile, person: Person) -> Iterator[str]:
    """The facts that rules may test for this person, without caps and exclusions for others."""
    known = {**traits(person), "subject": profile.subject.value}
    yield from (line.fact for line in profile.lines)
    yield from (probe.test.fact for line in profile.gaps for probe in line.when)
    for exclusion in profile.exclusions:
        if not exclusion.rule.only_known and holds(exclusion.rule.when, known) is not Verdict.UNMET:
            yield from (test.fact for test in exclusion.rule.when.tests)
    for line in profile.caps:
        if holds(line.cap.when, known) is not Verdict.UNMET:
            yield from (test.fact for when in (line.cap.when, line.cap.unless) if when for test in when.tests)
            yield from (step.test.fact for step in line.steps[:1])


def _of_questions(
    book: Rulebook, sources: Sources, asked: dict[str, set[str]], wide: Collection[tuple[str, str, str]]
) -> Iterator[Mistake]:
    for document in sources.forms:
        form = book.forms[document.data["id"]]
        for path, question in _placed(form):
            yield from (
                document.mistake((*path, "when"), "wider_than_rule", fact=fact)
                for id_, key, fact in wide
                if (id_, key) == (form.id, question.key)
            )
            told = (rule.fact for rule in question.yields if rule.fact in _ROSTER)
            yield from (document.mistake(path, "told_by_roster", given=fact) for fact in told)
            if asked[form.id] and question.key not in asked[form.id]:
                yield document.mistake(path, "never_asked")


def _placed(form: Form) -> Iterator[tuple[Path, Question]]:
    """The questions of a form with their places in its file."""
    for number, section in enumerate(form.sections):
        for position, item in enumerate(section.items):
            for place, question in enumerate(item.questions):
                yield ("sections", number, "items", position, "questions", place), question
