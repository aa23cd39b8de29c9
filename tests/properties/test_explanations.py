"""What an explanation says of a higher rating is true: what it names raises the rating, and where it names nothing,
nothing that can be changed does. Tried on cases of every rulebook, by changing what can be changed.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.book.facts import FACTS
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.judging.explanation import explanation
from rules.judging.suggest import Case, suggest
from rules.nouns.values import Rating
from rules.reading.folders import shipped
from rules.reading.load import load_editions
from tests.properties.test_suggestions import values

EDITIONS = [edition for name in shipped() for edition in load_editions(name).values()]
PROFILES = [(book, profile) for book in EDITIONS for profile in book.profiles.values()]


def best_value(name: str):
    """The value of a fact that serves best wherever more of the better is better."""
    fact = FACTS[name]
    if fact.kind == "yes_no":
        return fact.better > 0
    if fact.words:
        return (fact.words[0],) if fact.kind == "levels" else fact.words[0]
    top = 1200 if fact.maximum is None else fact.maximum
    number = top if fact.better > 0 else fact.minimum
    return (number,) if fact.kind == "scores" else number


def any_value(name: str) -> st.SearchStrategy:
    fact = FACTS[name]
    if fact.kind == "scores":
        return st.lists(st.sampled_from((0, 49, 50, 69, 70, 89, 90, 100)), min_size=1, max_size=3).map(tuple)
    return values(fact) | st.just(best_value(name))


@st.composite
def tries(draw) -> tuple[Rulebook, Case, Case]:
    """A case of which anything may be unknown, and another of which more is known and that differs from it, otherwise,
    in what can be changed only. What must be known to count (`only_known`) stays unknown mostly, as in life.
    """
    book, profile = draw(st.sampled_from(PROFILES))
    inputs = [name for formula in profile.formulas for name in formula.inputs if name in FACTS]
    asked = list(dict.fromkeys((*profile.facts, *inputs)))
    unasked = [name for name in profile.probes if name not in asked]
    unknown = draw(st.sets(st.sampled_from(asked), max_size=4) | st.just(set()))
    if draw(st.booleans()):  # a fine case, spoilt in a few places, comes near the limits more often
        spoilt = draw(st.sets(st.sampled_from(asked), max_size=4))
        whole = {name: draw(any_value(name)) if name in spoilt else best_value(name) for name in asked}
    else:
        whole = {name: draw(any_value(name)) for name in asked}
    reported = {name: draw(any_value(name)) for name in unasked if draw(st.integers(0, 4)) == 0}
    to_best = draw(st.booleans())
    other = {
        name: best_value(name) if to_best else draw(any_value(name))
        for name in (*asked, *reported)
        if FACTS[name].changeable
    }
    facts = {name: value for name, value in whole.items() if name not in unknown} | reported
    case = Case(profile.subject, profile.leader, facts)
    return book, case, Case(profile.subject, profile.leader, {**whole, **facts, **other})


def surely(found: Suggestion, rating: Rating) -> bool:
    """Whether the rating or one above it is all that is possible."""
    return bool(found.possible) and not found.gap and found.possible[-1].rank <= rating.rank


@settings(max_examples=600)
@given(tries())
def test_where_nothing_would_raise_the_rating_nothing_does(tried: tuple[Rulebook, Case, Case]) -> None:
    book, case, other = tried
    told = explanation(book, case, suggest(book, case))
    after = suggest(book, other)
    for one in told.reaches:
        assert one.changes is not None or not surely(after, one.rating), (book.id, one, case, other)


@settings(max_examples=600)
@given(tries())
def test_what_is_named_raises_the_rating_and_can_be_changed(tried: tuple[Rulebook, Case, Case]) -> None:
    book, case, _ = tried
    for one in explanation(book, case, suggest(book, case)).reaches:
        if one.changes is None:
            continue
        assert all(FACTS[change.fact].changeable for change in one.changes)
        changed = {**case.facts, **{change.fact: change.to for change in one.changes}}
        after = suggest(book, Case(case.subject, case.leader, changed))
        assert after.possible, (book.id, one, case)
        assert after.possible[0].rank <= one.rating.rank, (book.id, one, case)
