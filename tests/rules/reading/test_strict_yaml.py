"""Files are read strictly: words stay words, keys stand once, every mistake has its line."""

import pytest

from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.border import Border, read
from rules.reading.strict_yaml import MAX_PLACES, parse


class Clause(Border):
    cite: str
    share: float = 0


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(RulebookErrors) as caught:
        read(Clause, parse(text, "book.yaml"))
    return caught.value.mistakes


def test_a_bare_no_is_a_word() -> None:
    assert parse("cite: no", "book.yaml").data == {"cite": "no"}


def test_a_number_with_a_leading_zero_is_a_word() -> None:
    assert parse("cite: 010", "book.yaml").data == {"cite": "010"}


def test_a_time_of_day_is_a_word() -> None:
    assert parse("cite: 20:30", "book.yaml").data == {"cite": "20:30"}


def test_a_clause_that_reads_as_a_number_is_refused() -> None:
    assert mistakes_in("cite: 3.10") == (Mistake("book.yaml", 1, "cite", "text_in_quotes", {"given": "3.1"}),)


def test_a_key_written_twice_is_refused_with_both_lines() -> None:
    assert mistakes_in("cite: a\nshare: 1\ncite: b") == (
        Mistake("book.yaml", 3, "cite", "duplicate_key", {"first": "1"}),
    )


def test_all_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    found = mistakes_in("shares: 1\nshare: nhiều\n")
    assert [(one.line, one.field, one.expected) for one in found] == [
        (1, "shares", "unknown_key"),
        (1, "cite", "missing"),
        (2, "share", "number"),
    ]


def test_a_break_of_the_syntax_has_its_line() -> None:
    (found,) = mistakes_in("cite: a\nshare: [1\n")
    assert (found.line, found.expected) == (3, "yaml")


@pytest.mark.parametrize("tagged", ["!!bool zz", "!!timestamp x", "!!int zz", "!!float zz", "!!int ''", "!!float ''"])
def test_a_tag_that_its_value_does_not_fit_is_refused(tagged: str) -> None:
    (found,) = mistakes_in(f"cite: {tagged}")
    assert found.expected == "yaml"


def test_a_tag_that_would_make_objects_is_refused() -> None:
    (found,) = mistakes_in("cite: !!python/object/apply:os.getcwd []")
    assert found.expected == "yaml"


def test_aliases_that_unfold_without_end_are_refused() -> None:
    (found,) = mistakes_in("cite: &a [*a]")
    assert (found.expected, found.values) == ("too_large", {"limit": str(MAX_PLACES)})


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_before_it_breaks_the_parser(opening: str) -> None:
    (found,) = mistakes_in(opening * 100_000)
    assert (found.line, found.expected) == (1, "too_deep")


def test_an_impossible_date_is_refused() -> None:
    (found,) = mistakes_in("cite: 2020-13-45")
    assert found.expected == "yaml"


def test_an_empty_file_is_refused() -> None:
    (found,) = mistakes_in("")
    assert found.expected == "mapping"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 𝐐𝐮𝐲 chế", "decorative_letters"),
        ("title: Quy chÕ ®¸nh gi¸", "old_code_table"),
        ("title: Quy \ue001 chế", "unreadable_letters"),
        ("title: Quy\u200b chế", "hidden_letters"),
    ],
)
def test_letters_that_nobody_can_read_or_print_are_told(text: str, expected: str) -> None:
    with pytest.raises(RulebookErrors) as error:
        parse(f"id: thu\n{text}\n", "book.yaml")
    (mistake,) = error.value.mistakes
    assert (mistake.line, mistake.field, mistake.expected) == (2, "title", expected)
