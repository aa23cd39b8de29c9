"""Replies as a turn keeps them: what is written today, and what was written before."""

import json

import pytest

from bot.door.kept import given_from_json, reply_from_json, reply_to_json, said_to_json
from bot.door.words import word
from dialogs.core.buttons import Button
from dialogs.core.events import Said
from dialogs.core.turn import DeskFile, Key, Papers, Reply, SentPapers, Turn, WholeDossier
from dialogs.interview.edited import as_before

HELLO = {"template": "hello", "values": {}}


@pytest.mark.parametrize(
    ("attached", "kept"),
    [
        (Papers(7, 2, ("docx", "pdf"), 1), {"papers": [7, 2, ["docx", "pdf"], 1]}),
        (Papers(7, 0, ("pages",)), {"papers": [7, 0, ["pages"]]}),
        (DeskFile("roster"), {"desk_file": ["roster", "xlsx"]}),
        (WholeDossier(3, "u12"), {"dossier": [3, "u12"]}),
        (SentPapers(3, 12), {"sent_papers": [3, 12]}),
        (None, {}),
    ],
)
def test_files_of_a_reply_are_kept_as_what_they_are(attached, kept):
    written = json.loads(json.dumps(reply_to_json(Reply("hello", attached=attached))))
    assert written == HELLO | kept
    assert reply_from_json(written).attached == attached


def test_a_roster_that_was_kept_as_the_papers_of_no_review_is_the_offices_file():
    assert reply_from_json(HELLO | {"papers": [0, 0, ["roster"]]}).attached == DeskFile("roster")


def test_a_dossier_that_was_kept_as_a_file_of_the_desk_is_the_dossier():
    kept = HELLO | {"desk_file": ["dossier_3_u12", "zip"]}
    assert reply_from_json(kept).attached == WholeDossier(3, "u12")


def test_a_button_that_was_kept_without_a_value_of_today_has_its_other_words():
    before = Reply("review/line", {"news": []}, ((Key("head/open", Button("head_card", 7), {"name": "Lê Thị Thử"}),),))
    (row,) = word(before, "vi", kept=True).keyboard
    assert "Lê Thị Thử" in row[0].label


def test_the_longest_message_is_kept_whole_to_be_compared_with_what_it_is_edited_to():
    said = "a" * 4096
    given = given_from_json(said_to_json(Said(said, message="7:1"), Turn(())), newest=True)
    assert as_before(given, said)
    assert not as_before(given, said[:-1] + "b")
