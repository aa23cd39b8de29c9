"""Facts and questions belong together: every fact the ratings need is asked for, every question is asked of somebody."""

from collections.abc import Iterator

from rules.checks.people import kinds_of_people
from rules.checks.sources import Sources
from rules.conditions import holds
from rules.errors import Mistake
from rules.forms import Form
from rules.people import TRAITS, Person, traits
from rules.rulebook import NoFormError, Rulebook, choose_form
from rules.strict_yaml import Path
from rules.values import Verdict


def asked_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Facts of the ratings that the form of such a person cannot tell; questions that nobody is ever asked."""
    asked: dict[str, set[str]] = {form: set() for form in book.forms}
    lacking: dict[tuple[Path, str], None] = {}
    for person in kinds_of_people(book):
        try:
            form = choose_form(book, person).form
        except NoFormError:
            continue
        questions = _asked(form, person)
        asked[form.id] |= questions
        path = sources.ratings_of(person.subject, leader=person.leader) or ("choose_form",)
        lacking |= dict.fromkeys((path, fact) for fact in _lacking(book, form, person, questions))
    yield from (sources.book.mistake(path, "no_question", fact=fact) for path, fact in lacking)
    yield from _never_asked(book, sources, asked)


def _asked(form: Form, person: Person) -> set[str]:
    """The questions this person may be asked, whatever they answer."""
    known = traits(person)
    return {
        question.key
        for section, item, question in form.walk()
        if all(
            when is None or holds(when, known) is not Verdict.UNMET for when in (section.when, item.when, question.when)
        )
    }


def _lacking(book: Rulebook, form: Form, person: Person, asked: set[str]) -> Iterator[str]:
    told = {rule.fact for key in asked for rule in form.questions[key].yields}
    return (fact for fact in _needed(book, person) if fact not in told and fact not in TRAITS)


def _needed(book: Rulebook, person: Person) -> Iterator[str]:
    """The facts that the rules may ask of this person: caps and exclusions about others ask nothing."""
    profile, known = book.profiles[person.subject, person.leader], traits(person)
    yield from (line.fact for line in profile.lines)
    for exclusion in profile.exclusions:
        if not exclusion.rule.only_known and holds(exclusion.rule.when, known) is not Verdict.UNMET:
            yield from (test.fact for test in exclusion.rule.when.tests)
    for line in profile.caps:
        if holds(line.cap.when, known) is not Verdict.UNMET:
            yield from (test.fact for test in line.cap.when.tests)
            yield from (step.test.fact for step in line.steps[:1])


def _never_asked(book: Rulebook, sources: Sources, asked: dict[str, set[str]]) -> Iterator[Mistake]:
    for document in sources.forms:
        form = book.forms[document.data["id"]]
        for number, section in enumerate(form.sections):
            for position, item in enumerate(section.items):
                for place, question in enumerate(item.questions):
                    if asked[form.id] and question.key not in asked[form.id]:
                        path = ("sections", number, "items", position, "questions", place)
                        yield document.mistake(path, "never_asked")
