"""`extends` changes nothing that the extending rulebook does not mention."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from rules.book.rulebook import Rulebook
from rules.reading.book.extending import extended, finished, together
from rules.reading.load import load

#: The parts that go by key (or, for forms and dossier, by name), and what a rulebook may say of each.
KEYED = ("caps", "not_rated", "quotas", "milestones", "ballots", "summary_tables")
WHOLE = ("choose_form", "also_fill", "meetings", "dossier_sets")
PARENTS = tuple(load(name) for name in ("decree-90-2020", "party-2019", "party-2025", "quang-ngai-office-2023"))
NOTHING = {
    field.name: field.default
    for field in fields(Rulebook)
    if field.name in {*KEYED, *WHOLE, "ratings", "notes", "amended"}
} | {"forms": {}, "dossier": {}, "profiles": {}, "tables": {}}


@st.composite
def mentioning(draw: st.DrawFn) -> tuple[Rulebook, Rulebook, dict[str, set[str]]]:
    """A rulebook, one that extends it and says some of its keyed rules otherwise, and the keys it mentions."""
    parent = draw(st.sampled_from(PARENTS))
    said = {}
    for part in KEYED:
        rules = getattr(parent, part)
        chosen = draw(st.sets(st.sampled_from(rules))) if rules else set()
        said[part] = tuple(replace(rule, cite="Quy chế") for rule in rules if rule in chosen)
    own = replace(parent, **(NOTHING | said))
    return parent, own, {part: {rule.key for rule in rules} for part, rules in said.items()}


@given(mentioning())
def test_extends_changes_nothing_that_is_not_mentioned(drawn: tuple[Rulebook, Rulebook, dict[str, set[str]]]) -> None:
    parent, own, mentioned = drawn
    whole = extended(parent, own)
    for part in KEYED:
        for before, after in zip(getattr(parent, part), getattr(whole, part), strict=True):
            wanted = replace(before, cite="Quy chế") if before.key in mentioned[part] else before
            assert after == wanted
    for part in (*WHOLE, "ratings", "notes", "forms", "dossier", "scores", "tables"):
        assert getattr(whole, part) == getattr(parent, part)


@given(st.data())
def test_saying_one_rating_otherwise_leaves_every_other_rating_as_it_was(data: st.DataObject) -> None:
    parent = data.draw(st.sampled_from(PARENTS))
    rules = data.draw(st.sampled_from([one for one in parent.ratings if not one.like]))
    rating = data.draw(st.sampled_from(sorted(rules.conditions)))
    only = {rating: tuple(replace(one, cite="Quy chế") for one in rules.conditions[rating])}
    own = replace(parent, **(NOTHING | {"ratings": (replace(rules, conditions=only, notes=()),)}))
    for before, after in zip(parent.ratings, extended(parent, own).ratings, strict=True):
        changed = only if before.kind == rules.kind else {}
        assert after.conditions == {**before.conditions, **changed}
        assert (after.kind, after.like, after.notes) == (before.kind, before.like, before.notes)


@given(st.sampled_from(PARENTS), st.sampled_from(PARENTS))
def test_the_later_of_two_parents_keeps_all_that_it_says(first: Rulebook, second: Rulebook) -> None:
    both = together((first, second))
    for part in KEYED:
        assert set(getattr(second, part)) <= set(getattr(both, part))
    assert {**both.forms, **second.forms} == both.forms


def test_a_rulebook_that_says_nothing_judges_as_what_it_extends() -> None:
    for parent in PARENTS:
        assert finished(extended(parent, replace(parent, **NOTHING))).ratings == parent.ratings
