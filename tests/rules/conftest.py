"""The two forms of Decree 90/2020, and a person who fills them in."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from rules.forms.form import Form
from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.reading.form.schema import read_form
from rules.reading.strict_yaml import parse


def _form(name: str) -> Form:
    file = files("rules") / "books" / "decree-90-2020" / "forms" / f"{name}.yaml"
    return read_form(parse(file.read_text(encoding="utf-8"), f"{name}.yaml"))


@pytest.fixture(scope="session")
def official_form() -> Form:
    return _form("mau-02")


@pytest.fixture(scope="session")
def employee_form() -> Form:
    return _form("mau-03")


@pytest.fixture(scope="session")
def person() -> Callable[..., Person]:
    """Makes a fictional official; keywords change single fields."""

    def make(**changes: Any) -> Person:
        plain = {"id": 7, "name": "Lê Thị Thử", "position": "Chuyên viên", "unit_id": 3, "unit": "Phòng Tổng hợp"}
        return Person(**{**plain, "office": "Văn phòng tỉnh Sông Trà", "subject": Subject.OFFICIAL, **changes})

    return make
