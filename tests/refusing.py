"""What somebody reads when they are refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rules.nouns.errors import TusoiError
from templates.errors import worded


@contextmanager
def refused(kind: type[TusoiError], match: str) -> Iterator[None]:
    """The block raises such an error, and its sentence says that."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(match, worded(caught.value)), worded(caught.value)
