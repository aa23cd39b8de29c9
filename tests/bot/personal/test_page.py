"""The page of the documentation is worded from the one source."""

from pathlib import Path

from templates.personal.wording import page

ROOT = Path(__file__).parents[3]


def test_the_page_is_as_it_is_worded() -> None:
    assert (ROOT / "docs/du-lieu-ca-nhan.md").read_text("utf-8") == page(), "tusoi data page > docs/du-lieu-ca-nhan.md"
