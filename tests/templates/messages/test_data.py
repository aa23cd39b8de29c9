"""What is said of people's own data."""

import pytest

from templates.wording import message


@pytest.mark.parametrize(
    ("first", "last", "language", "said"),
    [
        (13, 16, "vi", "Tự Soi lưu những gì (13–16 trong 17 loại)"),
        (17, 17, "vi", "Tự Soi lưu những gì (17 trong 17 loại)"),
        (17, 17, "en", "What Tự Soi keeps (17 of 17 kinds)"),
    ],
)
def test_a_page_with_one_kind_of_data_is_no_stretch(first, last, language, said):
    assert message("data/kinds", {"first": first, "last": last, "count": 17, "kinds": ()}, language) == said
