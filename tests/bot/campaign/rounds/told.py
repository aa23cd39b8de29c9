"""Rounds as conversations that anyone can read: who pressed or typed what, what the chat answered, what others got.

talk = Told(play) await talk.says("self", "/gopy") await talk.presses("self", "Gửi lấy ý kiến") await
talk.hears("colleague") # what came for them since

`talk.text` is compared with the `.txt` file named after the test. If it differs, a `.new` file is written beside it, to
be read and then renamed.
"""

import html
import itertools
import re
import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Edited, Pressed, Said
from storage.tables import DELIVERY
from tests.campaigns.stage import Play

_TAGS = re.compile(r"</?(?:b|i|u|s|code)>")


async def copied(play: Play, folder: Path) -> Play:
    """The same play on a copy of its file, including everything still in its write-ahead log."""
    with sqlite3.connect(play.url.removeprefix("sqlite:///")) as kept:
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder.mkdir()  # noqa: ASYNC240 - a test's own folder
    branch, updates = await play.copied(folder), itertools.count(10**9)
    # Copies that are compared must give the same ids to their updates.
    phones = {who: replace(phone, updates=updates) for who, phone in branch.phones.items()}
    return replace(branch, updates=updates, phones=phones)


def plain(words: str) -> str:
    """A message without its markup."""
    text = words.replace("<blockquote>", "“").replace("</blockquote>", "”")
    return html.unescape(_TAGS.sub("", text)).strip()


@dataclass
class Told:
    """A conversation in the making."""

    play: Play
    lines: list[str] = field(default_factory=list)
    heard: dict[str, int] = field(default_factory=dict)
    about: tuple[str, ...] = ("round",)  # which notices are shown: words in their keys

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def note(self, words: str) -> None:
        """Add a heading."""
        self.lines.append(f"# {words}\n")

    async def says(self, who: str, text: str, *, silently: bool = False) -> str:
        phone = await self.play.phone(who)
        event = Commanded(text[1:]) if text.startswith("/") else Said(text)
        await phone.does(event)
        return self._answered(who, text if len(text) < 200 else f"({text[0]} × {len(text)})", silently=silently)

    async def edits(self, who: str, text: str, message: str) -> str:
        phone = await self.play.phone(who)
        await phone.does(Edited(text, message))
        return self._answered(who, f"(sửa) {text}", silently=False)

    async def presses(self, who: str, label: str, *, silently: bool = False) -> str:
        """Press the newest button whose label begins so, among those that this phone was ever shown."""
        phone = await self.play.phone(who)
        key = next((key for key in reversed(phone.shown) if label in key.label), None)
        assert key is not None, f"{who} was never shown {label!r}: {phone.labels}"
        await phone.does(Pressed(Button.decode(key.data)))
        return self._answered(who, f"[{key.label}]", silently=silently)

    def gave(self, who: str, name: str) -> str:
        """Add that a file was sent, and how it was answered."""
        return self._answered(who, f"(tệp) {name}", silently=False)

    async def hears(self, who: str) -> str:
        """Add the notices that came for them since the last call. Their buttons can be pressed."""
        before = self.heard.get(who, 0)
        await self.play.reads(who)
        rows = [row for row in await self.play.rows(DELIVERY, person_id=self.play.ids[who]) if row["id"] > before]
        rows = [row for row in rows if any(word in row["key"] for word in self.about)]
        said = []
        for row in rows:
            self.heard[who] = row["id"]
            said.append(plain(self.play._told(row).text))
            self.lines += [f"({self.play.cast.name(who)} nhận) {_indented(said[-1])}", ""]
        return "\n".join(said)

    def _answered(self, who: str, did: str, *, silently: bool) -> str:
        phone = self.play.phones[who]
        said = plain(phone.text)
        if not silently:
            rows = [[key.label for key in row] for reply in phone.answered.replies for row in reply.keyboard]
            keys = " | ".join(" ".join(f"[{label}]" for label in row) for row in rows)
            self.lines += [f"{phone.name} » {did}", f"« {_indented(said)}", *([f"  {keys}"] if keys else []), ""]
        return said

    def is_as(self, file: Path) -> bool:
        """Whether the conversation is as in the file."""
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        if file.exists() and file.read_text("utf-8") == self.text:
            return True
        fresh.write_text(self.text, "utf-8")
        return False


def _indented(words: str) -> str:
    return words.replace("\n", "\n  ")
