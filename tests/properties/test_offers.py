"""Nothing is offered that is then refused: every button of every transcript, pressed as soon as it is shown."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from dialogs.core.events import Pressed
from dialogs.core.keys import Key
from dialogs.core.turn import Reply
from dialogs.step import step
from rules.nouns.people import Person
from tests.transcripts.cast import BOOKS, PEOPLE
from tests.transcripts.playing import Playing

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))
#: The ends of templates, and the news, that say no to whoever pressed.
NO = frozenset({"refused", "gone", "objected", "unknown", "not_your_code"})
NO_NEWS = frozenset(
    {"excluded", "stale", "not_asked", "not_complete", "locked", "nothing_to_withdraw", "old_version", "unknown"}
)
#: What leads to a room whose knowledge transcripts do not have: tests/bot/campaign/dossiers/test_handing_in.py presses it.
ELSEWHERE = frozenset({"desk/dossiers"})
#: Buttons of one kind on messages of one kind: so many are pressed in each transcript.
OFTEN = 2


class Pressing(Playing):
    """A conversation in which whoever is shown a button presses it at once; what would come of it is only looked at."""

    refused: list[tuple[str, str, str]]
    offered: list[tuple[Person, Reply, Key]]
    pressed: Counter[tuple[str, str]]

    def _said(self, person: Person | None, reply: Reply, sign: str) -> Iterator[str]:
        if person:
            self.offered += [(person, reply, key) for row in reply.keyboard for key in row]
        yield from super()._said(person, reply, sign)

    def _effect(self, what: str) -> Iterator[str]:
        self.offered = []
        yield from super()._effect(what)
        offered = self.offered
        for person, reply, key in offered:
            kind = (reply.template, key.label)
            if self.pressed[kind] < OFTEN and key.label not in ELSEWHERE:
                self.pressed[kind] += 1
                self._press(person, reply, key)

    def _press(self, person: Person, reply: Reply, key: Key) -> None:
        name = next((name for name, one in PEOPLE.items() if one.id == person.id), None)
        if name is None:
            return
        memory = deepcopy(self.memory)
        memory.account = name
        event = Pressed(key.button)
        turn = step(BOOKS, memory.state(memory.here, event), event)
        for said in turn.replies:
            news = {str(line["what"]) for line in said.values.get("news", ())}  # type: ignore[union-attr,index,call-overload]
            if said.template in MEANT:
                continue
            if said.template.rpartition("/")[2] in NO or news & NO_NEWS:
                self.refused.append((reply.template, key.label, said.template))


#: Says what was done: a code that somebody did not ask for is refused by them.
MEANT = {"newcode/refused"}


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_no_button_just_shown_is_refused(file: Path) -> None:
    talk = Pressing()
    talk.refused, talk.offered, talk.pressed = [], [], Counter()
    talk.whole(file.read_text("utf-8"))
    assert talk.refused == []
