"""Checks of a rulebook as a whole, beyond the shape of its file. With any of these mistakes it cannot be used."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rules.book.dossier import DossierPart, Per
from rules.book.editions import edition, years
from rules.book.facts import FACTS, FactKind
from rules.book.owed import RATING_OF
from rules.book.rulebook import Rulebook
from rules.book.scoring import reach
from rules.forms.form import QuestionKind
from rules.nouns.errors import Mistake
from rules.reading.book.extending import unfinished
from rules.reading.strict_yaml import Path, YamlDocument, as_mapping


def book_mistakes(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Every mistake that keeps `book` (with what it extends) from loading, at its place in `document`."""
    yield from _twice(document, "milestones", (milestone.key for milestone in book.milestones))
    yield from _twice(document, "caps", (cap.key for cap in book.caps))
    yield from _twice(document, "not_rated", (rule.key for rule in book.not_rated))
    yield from _twice(document, "quotas", (quota.key for quota in book.quotas))
    yield from _twice(document, "ballots", (ballot.key for ballot in book.ballots))
    yield from _twice(document, "summary_tables", (table.key for table in book.summary_tables))
    yield from _twice(document, "rounds", (rule.key for rule in book.rounds))
    yield from _twice(document, "inquiries", (rule.key for rule in book.inquiries))
    yield from _twice(document, "approvals", (rule.key for rule in book.procedure.approvals))
    yield from _twice(document, "deciders", (title.key for title in book.procedure.deciders))
    yield from _twice(document, "special_cases", (case.key for case in book.procedure.special_cases))
    yield from _twice(document, "consequences", (one.key for one in book.procedure.consequences))
    yield from _twice(document, "orders", (rule.order for rule in book.procedure.orders))
    yield from _twice(document, "meetings", (meeting.key for meeting in book.meetings))
    yield from _twice(document, "upward", (rule.key for rule in book.upward.consulted))
    yield from _twice(document, "ratings", (" ".join(map(str, rules.kind)) for rules in book.ratings))
    yield from _rounds(book, document)
    yield from _forms(book, document)
    yield from _dossiers(book, document)
    yield from _upward(book, document)
    yield from _papers_of_rounds(book, document)
    yield from _sheets(book, document)
    yield from _inquiries(book, document)
    yield from _papers_of_own_tables(book, document)
    yield from _papers_of_ballots(book, document)
    yield from formula_mistakes(book, document)
    for (subject, leader), missing in unfinished(book):
        yield document.mistake(_ratings_of(document, subject, leader=leader), "rating", missing=missing)
    yield from _at_some_time(book, document)


def _at_some_time(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Ratings that have conditions in the rulebook, but none in some edition."""
    whole, of_editions = set(unfinished(book)), years(book)
    for year in of_editions if len(of_editions) > 1 else ():
        for (subject, leader), missing in unfinished(edition(book, year)):
            if ((subject, leader), missing) not in whole:
                path = _ratings_of(document, subject, leader=leader)
                yield document.mistake(path, "rating_of_year", missing=missing, year=year)


def _twice(document: YamlDocument, part: str, keys: Iterable[str]) -> Iterator[Mistake]:
    for key, times in Counter(key for key in keys if key).items():
        if times > 1:
            yield document.mistake((part,), "once", key=key)


def _rounds(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Rounds based on the result of a round that does not exist."""
    own = as_mapping(document.data).get("ballots", ())
    known = {one.key for one in book.ballots}
    for number, entry in enumerate(own if isinstance(own, list) else ()):
        after = as_mapping(entry).get("after")
        if after and after not in known - {as_mapping(entry).get("key")}:
            yield document.mistake(("ballots", number, "after"), "one_of", given=after, expected=", ".join(known))


def _forms(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    known = ", ".join(book.forms)
    rules = [("choose_form", number, rule.form) for number, rule in enumerate(book.choose_form)]
    rules += [("also_fill", number, rule.form) for number, rule in enumerate(book.also_fill)]
    rules += [("ballots", number, ballot.form) for number, ballot in enumerate(book.ballots) if ballot.form]
    of_rounds = ((number, form) for number, one in enumerate(book.rounds) for form in (*one.forms, one.form, one.then))
    rules += [("rounds", number, form) for number, form in of_rounds if form]
    rules += [("inquiries", number, one.form) for number, one in enumerate(book.inquiries) if one.form]
    for part, number, form in rules:
        if form not in book.forms:
            yield document.mistake((part, number, "form"), "known_form", given=form, known=known)
    own = as_mapping(document.data).get("summary_tables", ())
    tables = [(number, table.get("forms", ())) for number, table in enumerate(own)]
    of_papers = [(path, part.forms) for path, part in _papers(book)]
    for path, forms in (*of_papers, *((("summary_tables", number), forms) for number, forms in tables)):
        for form in forms:
            if form not in book.forms:
                yield document.mistake((*path, "forms"), "known_form", given=form, known=known)


def _papers(book: Rulebook) -> Iterator[tuple[Path, DossierPart]]:
    """Every kind of paper of the dossiers, with its place in the file."""
    for owner, items in book.dossier.items():
        for number, item in enumerate(items):
            for place, part in enumerate(item.parts):
                several = ("of", place) if len(item.parts) > 1 else ()
                yield ("dossier", owner.value, number, *several), part


def _sheets(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Sheets that show a round without a rule; sheets without names that ask for more than words."""
    own = as_mapping(document.data).get("rounds", ())
    known = [rule.key for rule in book.rounds]
    for number, entry in enumerate(own if isinstance(own, list) else ()):
        told = as_mapping(entry)
        for key in told.get("shows", ()):
            if key not in known or key == told.get("key"):
                yield document.mistake(("rounds", number, "shows"), "known_round", given=key, known=", ".join(known))
        form = book.forms.get(str(told.get("form", "")))
        required = [one.kind for one in form.questions.values() if one.required] if form else []
        if told.get("unnamed") and any(kind is not QuestionKind.TEXT for kind in required):
            yield document.mistake(("rounds", number, "unnamed"), "round_unnamed")


def _papers_of_rounds(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Papers that are the table of a round without a rule."""
    known = [rule.key for rule in book.rounds]
    for path, part in _papers(book):
        if part.round and part.round not in known:
            yield document.mistake((*path, "round"), "known_round", given=part.round, known=", ".join(known))


def _inquiries(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Opinions with an unknown place or milestone."""
    places = [part.key for _, part in _papers(book) if part.outside and part.per is Per.PERSON]
    milestones = [one.key for one in book.milestones]
    for number, rule in enumerate(book.inquiries):
        if rule.place and rule.place not in places:
            yield document.mistake(
                ("inquiries", number, "place"), "one_of", given=rule.place, expected=", ".join(places)
            )
        if rule.by and rule.by not in milestones:
            yield document.mistake(
                ("inquiries", number, "by"), "dossier_by", given=rule.by, known=", ".join(milestones)
            )


def _papers_of_ballots(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Papers that are the record of an unknown ballot."""
    known = [ballot.key for ballot in book.ballots]
    for path, part in _papers(book):
        for key in part.ballots:
            if key not in known:
                yield document.mistake((*path, "ballots"), "one_of", given=key, expected=", ".join(known))


def _papers_of_own_tables(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Papers replaceable by an office's file for a table that must not be replaced."""
    known = [table.key for table in book.summary_tables if table.replaceable]
    for path, part in _papers(book):
        for key in part.own_tables:
            if key not in known:
                yield document.mistake((*path, "own_tables"), "known_table", given=key, known=", ".join(known))


def _upward(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Unknown milestones in the rules about sending up."""
    known = [one.key for one in book.milestones]
    named: list[tuple[Path, str]] = [
        (("upward", "consulted", number, "by"), one.by) for number, one in enumerate(book.upward.consulted)
    ]
    if book.upward.sent:
        named.append((("upward", "sent", "by"), book.upward.sent.by))
    for path, by in named:
        if by and by not in known:
            yield document.mistake(path, "dossier_by", given=by, known=", ".join(known))


def _dossiers(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Unknown tables and milestones in dossiers; a place that two lists describe differently, or one list twice."""
    tables, milestones = [table.key for table in book.summary_tables], [one.key for one in book.milestones]
    for of, by in book.dossier_by.items():
        if by not in milestones:
            yield document.mistake(("dossier_by", of.value), "dossier_by", given=by, known=", ".join(milestones))
    places = dict[str, tuple[object, ...]]()
    seen = set[tuple[object, str]]()
    for path, part in _papers(book):
        if part.table and part.table not in tables:
            yield document.mistake((*path, "table"), "known_table", given=part.table, known=", ".join(tables))
        if part.key and (path[1], part.key) in seen:
            yield document.mistake((*path, "key"), "once", key=part.key)
        seen.add((path[1], part.key))
        if part.by and part.by not in milestones:
            yield document.mistake((*path, "by"), "dossier_by", given=part.by, known=", ".join(milestones))
        if part.outside and places.setdefault(part.key, part.place) != part.place:
            yield document.mistake((*path, "key"), "dossier_place", key=part.key)


def _ratings_of(document: YamlDocument, subject: str, *, leader: bool) -> Path:
    """The place of the ratings of a kind of subject; the whole file if they are inherited."""
    entries = as_mapping(document.data).get("ratings", [])
    wanted = {"subject": subject, "leader": leader}
    return next((("ratings", number) for number, entry in enumerate(entries) if entry["for"] == wanted), ("ratings",))


NUMBERS = tuple(name for name, fact in FACTS.items() if fact.kind in {FactKind.NUMBER, FactKind.SCORES})


#: What a COUNT can count besides numbers.
RATED = frozenset(RATING_OF.values())


def formula_mistakes(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Every undefined name, at its place in `document` (inherited `scores` are in another file)."""
    given: set[str] = set()
    formulas = book.scores.formulas
    for number, formula in enumerate(formulas):
        path = ("scores", "formulas", number)
        unknown = [name for name in formula.inputs if name not in NUMBERS and name not in given and name not in RATED]
        for name in unknown:
            known = ", ".join((*NUMBERS, *sorted(given)))
            yield document.mistake((*path, formula.operation.value), "formula_input", given=name, known=known)
        used = any(formula.gives in later.inputs for later in formulas[number + 1 :])
        if formula.gives not in NUMBERS and not used:
            yield document.mistake((*path, "gives"), "formula_gives", given=formula.gives)
        given.add(formula.gives)
        if not unknown:
            yield from _too_wide(book, number, document)


def _too_wide(book: Rulebook, number: int, document: YamlDocument) -> Iterator[Mistake]:
    """A formula without a limit whose result may lie outside the range of its fact."""
    formula = book.scores.formulas[number]
    fact = FACTS.get(formula.gives)
    if fact is None:
        return
    parts = tuple(other for other in book.scores.formulas[:number] if other.gives != formula.gives)
    spans = reach((*parts, formula), {}, formula.gives)
    low, high = spans[0][0], spans[-1][1]
    if low < fact.minimum or (fact.maximum is not None and high > fact.maximum):
        told = {"fact": fact.name, "low": f"{low:g}", "high": f"{high:g}", "top": f"{fact.maximum or high:g}"}
        yield document.mistake(("scores", "formulas", number), "formula_range", **told)
