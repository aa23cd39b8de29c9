"""Values of several questions in one text."""

import pytest

from rules.forms.together import ListedValues, listed


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("85; 90; 88", ("85", "90", "88")),
        ("85\n90\n88\n", ("85", "90", "88")),
        ("85;;88", ("85", "", "88")),  # one is left out, whichever follows keeps its place
        ("85;", ("85",)),
        ("8,5; 9", ("8,5", "9")),
    ],
)
def test_they_are_parted_by_what_people_part_them_by(text, values):
    assert listed(text).values == values


@pytest.mark.parametrize("text", [";", "; ;", ";\n;", ",", "\t"])
def test_what_parts_nothing_is_one_text_that_is_no_value(text):
    assert listed(text) == ListedValues(values=(text.strip(),))
