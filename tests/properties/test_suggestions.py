"""What holds of every suggestion, whatever is known."""

from hypothesis import assume, given
from hypothesis import strategies as st

from rules.book.facts import FACTS, Fact, FactKind, condensed
from rules.book.suggestion import Suggestion
from rules.judging.suggest import Case, suggest
from rules.nouns.values import Rating
from rules.reading.load import load

BOOK = load("quang-ngai-office-2020")
DECREE = load("decree-90-2020", 2020)  # as it stood when the plan was made
LIMITS = (0, 2, 3, 5, 6, 7, 19, 20, 21, 49, 50, 51, 69, 70, 71, 79, 80, 99, 100)
PROFILES = st.sampled_from(list(BOOK.profiles.values()))


def values(fact: Fact) -> st.SearchStrategy:
    """Any value of a fact, the limits of the decree and of the party's rules and their neighbours more often."""
    if fact.kind is FactKind.YES_NO:
        return st.booleans()
    if fact.kind is FactKind.WORD:
        return st.sampled_from(fact.words)
    if fact.kind is FactKind.LEVELS:
        return st.lists(st.sampled_from(fact.words), min_size=1, max_size=3).map(tuple)
    top = 1200 if fact.maximum is None else fact.maximum
    limits = st.sampled_from([n for n in LIMITS if n <= top])
    return limits | st.floats(fact.minimum, top)


@st.composite
def cases(draw) -> Case:
    """A case of which any part may be unknown."""
    profile = draw(PROFILES)
    known = draw(st.lists(st.sampled_from(profile.facts), unique=True) | st.just(list(profile.facts)))
    return Case(profile.subject, profile.leader, {name: draw(values(FACTS[name])) for name in known})


@st.composite
def complete_cases(draw) -> Case:
    """A case of which everything is known."""
    profile = draw(PROFILES)
    return Case(profile.subject, profile.leader, {name: draw(values(FACTS[name])) for name in profile.facts})


@st.composite
def nearly_complete_cases(draw) -> Case:
    """A case of which half or less is unknown: what is left open seldom matters any more."""
    whole = draw(complete_cases())
    half = len(whole.facts) // 2
    gone = draw(st.lists(st.sampled_from(list(whole.facts)), min_size=min(4, half), max_size=half, unique=True))
    return Case(whole.subject, whole.leader, {name: value for name, value in whole.facts.items() if name not in gone})


def knowing(case: Case, **facts) -> Case:
    return Case(case.subject, case.leader, {**case.facts, **facts})


def best(suggestion: Suggestion) -> Rating:
    return suggestion.possible[0]


@given(case=cases(), data=st.data())
def test_an_answer_to_an_open_fact_stays_inside_what_was_possible(case: Case, data) -> None:
    open_facts = [fact for fact in BOOK.profiles[case.subject, case.leader].facts if fact not in case.facts]
    assume(open_facts)
    fact = data.draw(st.sampled_from(open_facts))
    answered = knowing(case, **{fact: data.draw(values(FACTS[fact]))})
    assert set(suggest(BOOK, answered).possible) <= set(suggest(BOOK, case).possible)


@given(case=nearly_complete_cases(), data=st.data())
def test_a_fact_that_is_not_missing_changes_nothing(case: Case, data) -> None:
    before = suggest(BOOK, case)
    idle = [
        f for f in BOOK.profiles[case.subject, case.leader].facts if f not in case.facts and f not in before.missing
    ]
    assume(idle)
    fact = data.draw(st.sampled_from(idle))
    after = suggest(BOOK, knowing(case, **{fact: data.draw(values(FACTS[fact]))}))
    assert (after.rating, after.possible, after.gap) == (before.rating, before.possible, before.gap)


@given(cases())
def test_what_is_undecided_says_what_is_missing_and_what_is_decided_misses_nothing(case: Case) -> None:
    came = suggest(BOOK, case)
    settled = came.rating is not None or came.not_rated is not None
    assert not (settled and came.missing)
    assert settled or came.missing or came.gap


@given(cases())
def test_a_rating_is_given_only_when_it_alone_is_possible(case: Case) -> None:
    came = suggest(BOOK, case)
    assert came.rating is None or came.possible == (came.rating,)


@given(case=complete_cases(), data=st.data())
def test_more_of_a_good_fact_never_lowers_the_rating(case: Case, data) -> None:
    profile = BOOK.profiles[case.subject, case.leader]
    fact = FACTS[data.draw(st.sampled_from([name for name in profile.facts if FACTS[name].better]))]
    better = knowing(
        case, **{fact.name: data.draw(values(fact).filter(lambda value: _better(fact, value, case.facts[fact.name])))}
    )
    worse_came, better_came = suggest(BOOK, case), suggest(BOOK, better)
    assume(worse_came.possible and better_came.possible)
    assert best(better_came).rank <= best(worse_came).rank


@given(complete_cases())
def test_a_complete_case_is_rated_or_not_rated_or_left_to_the_authority(case: Case) -> None:
    came = suggest(BOOK, case)
    assert came.missing == ()
    assert sum([came.rating is not None, came.not_rated is not None, came.gap]) == 1


@given(cases())
def test_extending_changes_nothing_it_does_not_mention(case: Case) -> None:
    assume((case.subject, case.leader) in DECREE.profiles)
    own, inherited = suggest(BOOK, case), suggest(DECREE, case)
    assert (own.rating, own.possible, own.findings, own.caps) == (
        inherited.rating,
        inherited.possible,
        inherited.findings,
        inherited.caps,
    )


def _better(fact: Fact, value: object, than: object) -> bool:
    if fact.kind in {FactKind.WORD, FactKind.LEVELS}:
        return fact.words.index(condensed(fact, value)) <= fact.words.index(condensed(fact, than))
    return value >= than if fact.better > 0 else value <= than
