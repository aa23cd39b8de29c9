"""Frames of a page: what is none is told at once, however long it is."""

import json

import pytest

from bot.web.frames import Spoken, Unread, read_frame
from dialogs.core.events import Said


@pytest.mark.parametrize("spaced", [True, False])
@pytest.mark.parametrize("text", ["ế" * 100_000, '"{[\\,' * 2_000, "dòng\n" * 2_000])
@pytest.mark.parametrize("ascii_", [True, False])
def test_a_long_text_is_read_as_the_page_and_others_write_it(text, spaced, ascii_):
    frame = json.dumps(
        {"id": "aaaaaaaa", "say": text}, ensure_ascii=ascii_, separators=(", ", ": ") if spaced else (",", ":")
    )
    assert read_frame(frame) == Spoken("aaaaaaaa", Said(text))


@pytest.mark.parametrize(
    "frame",
    [
        '{"id":"aaaaaaaa","say":[' + "1," * 400_000 + "1]}",
        "[" + '{"a":1},' * 100_000 + "1]",
        "[" * 400_000,
        '{"hello":1,"language":"' + "x" * 400_000 + '"}',
        '{"id":"aaaaaaaa","say":"' + "x" * 400_000,
        '{"hello":' + "9" * 4_000 + "}",
        '{"hello":4611686018427387904}',
    ],
)
def test_what_no_page_sends_is_not_read(frame):
    assert read_frame(frame) == Unread("", "unreadable")
