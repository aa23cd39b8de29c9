"""A check of the sentence that people read when they are refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rules.nouns.errors import TusoiError
from templates.errors import worded


@contextmanager
def refused(kind: type[TusoiError], match: str) -> Iterator[None]:
    """Checks that the block raises an error of that kind, and that its sentence matches."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(match, worded(caught.value)), worded(caught.value)
