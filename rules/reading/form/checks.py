"""Checks of a form as a whole, beyond the shape of its file: every name that is used is defined, once."""

from collections.abc import Iterable, Iterator, Sequence

from rules.book.facts import FACTS
from rules.forms.form import Field, FilledBy, Form, Item, Option, Question, QuestionKind, Section, Yield
from rules.forms.kinds import KINDS, TODAY, Choice
from rules.nouns.conditions import Operator, When
from rules.nouns.errors import Mistake
from rules.nouns.people import TRAITS
from rules.nouns.text import folded
from rules.nouns.values import Rating
from rules.reading.strict_yaml import Path, YamlDocument

Placed = tuple[tuple[str | int, ...], Question]


def check(form: Form, document: YamlDocument) -> tuple[Mistake, ...]:
    """Every mistake of the form, by line."""
    found = (
        *_keys(form, document),
        *_comment(form, document),
        *_shown(form, document),
        *_ruling(form, document),
        *_whens(form, document),
        *(mistake for path, question in _questions(form) for mistake in _question(path, question, document)),
        *_shared_facts(form, document),
        *_topics(form, document),
        *_instead(form, document),
        *_usual(form, document),
        *_unlikely(form, document),
    )
    return tuple(sorted(found, key=lambda mistake: mistake.line))


def _sections(form: Form) -> Iterator[tuple[tuple[str | int, ...], Section]]:
    yield from ((("sections", number), section) for number, section in enumerate(form.sections))


def _items(form: Form) -> Iterator[tuple[tuple[str | int, ...], Item]]:
    for path, section in _sections(form):
        yield from (((*path, "items", number), item) for number, item in enumerate(section.items))


def _questions(form: Form) -> Iterator[Placed]:
    for path, item in _items(form):
        yield from (((*path, "questions", number), question) for number, question in enumerate(item.questions))


def _keys(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    for named in (_sections(form), _items(form), _questions(form)):
        yield from _twice([((*path, "key"), place.key) for path, place in named], document)
    for path, question in _questions(form):
        keys = [((*path, "fields", number, "key"), field.key) for number, field in enumerate(question.fields)]
        yield from _twice(keys, document)


def _twice(keys: Iterable[tuple[Path, str]], document: YamlDocument) -> Iterator[Mistake]:
    first: dict[str, Path] = {}
    for path, key in keys:
        if key in first:
            yield document.mistake(path, "key_twice", given=key, first=document.line(first[key]))
        first.setdefault(key, path)


def _comment(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    places = {section.key: {item.key for item in section.items} for section in form.sections}
    for number, place in enumerate(form.comment):
        if place.section not in places:
            yield document.mistake(("comment", number, "section"), "one_of", expected=", ".join(places))
        elif place.item and place.item not in places[place.section]:
            yield document.mistake(("comment", number, "item"), "one_of", expected=", ".join(places[place.section]))


def _shown(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """Person lines show a question of the form; items show an existing fact."""
    for number, line in enumerate(form.person_lines):
        if line.question and line.question not in form.questions:
            yield document.mistake(("person_lines", number, "question"), "one_of", expected=", ".join(form.questions))
    for path, item in _items(form):
        if item.shows and item.shows not in FACTS:
            yield document.mistake((*path, "shows"), "unknown_fact", given=item.shows)
    if form.use != "review" and not form.filled_by:
        yield document.mistake(("filled_by",), "missing")


def _ruling(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """Parts of the ruling are in the authority's section, which has lines for writing by hand and no questions."""
    ratings = [question.key for question in form.questions.values() if question.kind is QuestionKind.RATING]
    for path, section in _sections(form):
        by_authority = section.filled_by is FilledBy.AUTHORITY
        if section.signature and section.signature.ruling and not by_authority:
            yield document.mistake((*path, "signature", "ruling"), "by_authority")
        for number, item in enumerate(section.items):
            inner = (*path, "items", number)
            if item.takes and (item.questions or not by_authority):
                yield document.mistake((*inner, "takes"), "by_authority", given=item.takes)
            if item.rating and (item.takes != "rating" or item.rating not in ratings):
                yield document.mistake((*inner, "rating"), "one_of", given=item.rating, expected=", ".join(ratings))
            elif item.takes == "rating" and not ratings:
                yield document.mistake((*inner, "takes"), "no_rating_taken", given=item.takes)


def _whens(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """A condition depends only on the person and on earlier questions."""
    facts: list[str] = []
    for path, section in _sections(form):
        yield from _when((*path, "when"), section.when, [*TRAITS, *facts], document)
        for number, item in enumerate(section.items):
            inner = (*path, "items", number)
            yield from _when((*inner, "when"), item.when, [*TRAITS, *facts], document)
            for position, question in enumerate(item.questions):
                yield from _when((*inner, "questions", position, "when"), question.when, [*TRAITS, *facts], document)
                facts += [rule.fact for rule in question.yields]


def _when(path: Path, when: When | None, known: Sequence[str], document: YamlDocument) -> Iterator[Mistake]:
    for test in when.every_test if when else ():
        if test.fact not in known:
            yield document.mistake(path, "not_asked_before", given=test.fact)


def _instead(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """A question that replaces others is in the same item, and none of these replaces others itself."""
    for path, item in _items(form):
        plain = [question.key for question in item.questions if not question.instead_of]
        for number, question in enumerate(item.questions):
            for key in question.instead_of:
                if key not in plain:
                    place = (*path, "questions", number, "instead_of")
                    yield document.mistake(place, "one_of", given=key, expected=", ".join(plain))


def _usual(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """The usual answers of an item are for its own questions, with values these accept."""
    for path, item in _items(form):
        own = {question.key: question for question in item.questions}
        for key, value in (item.usual.answers if item.usual else {}).items():
            place = (*path, "usual", "answers", key)
            if key not in own:
                yield document.mistake(place, "one_of", given=key, expected=", ".join(own))
            elif not KINDS[own[key].kind].fits(own[key], value):
                options = [str(option.value) for option in own[key].options]
                yield document.mistake(place, "one_of", given=value, expected=", ".join(options))


def _unlikely(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """Unlikely combinations name questions of the form."""
    for number, one in enumerate(form.unlikely):
        for key in one.questions:
            if key not in form.questions:
                yield document.mistake(("unlikely", number), "one_of", given=key, expected=", ".join(form.questions))
        for test in one.says.every_test if one.says else ():
            question = form.questions.get(test.fact)
            if not question or test.op is not Operator.IS or isinstance(test.value, tuple):
                continue
            if not KINDS[question.kind].fits(question, test.value):
                options = ", ".join(str(option.value) for option in question.options)
                place = ("unlikely", number, "says", test.fact)
                yield document.mistake(place, "one_of", given=test.value, expected=options)


def _fields(path: Path, question: Question, document: YamlDocument) -> Iterator[Mistake]:
    """Everything else said of the fields of items fits them: usual answers, further words, unlikely combinations."""
    own = {field.key: field for field in question.fields}
    given = [
        ((*path, "usual", number, "answers", key), key, value)
        for number, usual in enumerate(question.usual)
        for key, value in usual.answers.items()
    ]
    given += [
        ((*path, "fields", number, "said", words), field.key, value)
        for number, field in enumerate(question.fields)
        for words, value in field.said
    ]
    for place, key, value in given:
        if key not in own:
            yield document.mistake(place, "one_of", given=key, expected=", ".join(own))
        elif not KINDS[own[key].kind].fits(own[key], value):
            options = [str(option.value) for option in own[key].options]
            yield document.mistake(place, "one_of", given=value, expected=", ".join(options))
    for number, when in enumerate(question.unlikely):
        for test in when.every_test:
            if test.fact not in own:
                place = (*path, "unlikely", number, test.fact)
                yield document.mistake(place, "one_of", given=test.fact, expected=", ".join(own))


def _question(path: Path, question: Question, document: YamlDocument) -> Iterator[Mistake]:
    yield from _answerable(path, question, document)
    for number, field in enumerate(question.fields):
        yield from _answerable((*path, "fields", number), field, document)
    yield from _fields(path, question, document)
    if (question.kind is QuestionKind.ITEMS) != bool(question.fields):
        yield document.mistake(path, "fields_of_items", given=question.kind)
    if question.about and question.kind is not QuestionKind.RATING and not question.yields:
        yield document.mistake((*path, "about"), "about_rating")
    if question.kind is QuestionKind.RATING and [option.value for option in question.options] != list(Rating):
        yield document.mistake(path, "one_of", expected=", ".join(Rating))
    if question.kind is QuestionKind.DATE and question.yields:
        yield document.mistake((*path, "yields"), "yield_of_date")
    for rule in question.yields:
        yield from _yield((*path, "yields"), rule, question, document)


def _answerable(path: Path, place: Question | Field, document: YamlDocument) -> Iterator[Mistake]:
    if isinstance(KINDS[place.kind], Choice) and not place.options:
        yield document.mistake((*path, "scale"), "scale")
    labels = [folded(option.label) for option in place.options]
    if len(set(labels)) < len(labels):
        yield document.mistake((*path, "scale"), "labels_twice")
    if (place.not_before or place.not_after) and place.kind is not QuestionKind.DATE:
        yield document.mistake((*path, "not_before" if place.not_before else "not_after"), "bound_of_date")
    if TODAY not in {place.not_before, place.not_after} and place.not_after and place.not_before > place.not_after:
        yield document.mistake((*path, "not_after"), "not_before", first=place.not_before)
    if place.minimum is not None and place.maximum is not None and place.minimum > place.maximum:
        yield document.mistake((*path, "minimum"), "at_most", le=place.maximum)


def _yield(path: Path, rule: Yield, question: Question, document: YamlDocument) -> Iterator[Mistake]:
    if rule.fact not in FACTS:
        yield document.mistake((*path, rule.fact), "unknown_fact", given=rule.fact)
    of_answer = rule.how == "when" or not (rule.field or rule.where)
    if (question.kind is QuestionKind.ITEMS) == of_answer:
        yield document.mistake((*path, rule.fact), "yield_of_items", given=rule.how)
    keys = ["value"] if of_answer else [field.key for field in question.fields]
    used = [rule.field] if rule.field else [test.fact for when in rule.where for test in when.tests]
    for key in used:
        if key not in keys:
            yield document.mistake((*path, rule.fact), "one_of", given=key, expected=", ".join(keys))


def _shared_facts(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """Only `worst`, `sum` and `list` may combine several questions into one fact; for `worst` they share a scale.

    Questions about a form's two ratings give separate facts.
    """
    seen: dict[str, list[tuple[str, str, str, tuple[Option, ...]]]] = {}
    for path, question in _questions(form):
        about = "" if question.kind is QuestionKind.RATING else question.about
        for rule in question.yields:
            options = question.options if rule.how == "worst" else ()
            places = seen.setdefault(rule.fact, [])
            before = next((one for one in places if not about or one[0] in {"", about}), None)
            places.append((about, question.key, rule.how, options))
            if before is None or before[1] == question.key:
                continue
            alike = before[2:] == (rule.how, options) and rule.how in {"worst", "sum", "list"} and not rule.field
            if not alike:
                yield document.mistake((*path, "yields", rule.fact), "fact_twice", first=before[1])


def _topics(form: Form, document: YamlDocument) -> Iterator[Mistake]:
    """A topic is asked once in a form; what is recalled is a text of the same form a year earlier."""
    yield from _twice([((*path, "topic"), one.topic) for path, one in _questions(form) if one.topic], document)
    texts = [one.topic for one in form.questions.values() if one.topic and one.kind is QuestionKind.TEXT]
    for path, question in _questions(form):
        if question.recalls and question.recalls not in texts:
            yield document.mistake((*path, "recalls"), "one_of", given=question.recalls, expected=", ".join(texts))
