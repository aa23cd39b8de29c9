"""A meeting of a room of five, played through the chat: every line that a phone shows, as a conversation anyone can
read.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.door.channel import Worded, WordedKey
from bot.door.kept import reply_from_json
from bot.door.words import word
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage.tables import DELIVERY
from tests.campaigns.colleague import Colleague
from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play, lived_once

BOOK, YEAR, BEGINS = "quang-ngai-office-2023", 2023, "20/11/2023 08:00"
ROOM = "Phòng Tổng hợp"
WHOLE = "Toàn bộ chương trình"

_TAG = re.compile(r"</?[a-z]+>")
#: A fingerprint, which changes with every word of the minutes.
_MARK = re.compile(r"\b[0-9a-f]{12}\b")


def office() -> Cast:
    """The office: a room of five with head and deputy, the desk's room, the leaders above."""
    hire = Hiring("Văn phòng UBND tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=11, prefix="VP")
    hire.one("chief", "Chánh Văn phòng", role="head")
    hire.one("vice", "Phó Chánh Văn phòng", role="deputy")
    hire.unit(ROOM, in_charge="vice")
    hire.unit("Phòng Hành chính - Quản trị", desk=True, in_charge="vice")
    hire.one("head", "Trưởng phòng", ROOM, role="head", group="Trưởng phòng")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", group="Phó Trưởng phòng")
    for who in ("an", "binh", "chi"):
        hire.one(who, "Chuyên viên", ROOM, group="Chuyên viên")
    hire.one("desk", "Chuyên viên", "Phòng Hành chính - Quản trị", desk=True)
    return hire.done()


@lived_once
async def begun(url: str, folder: Path) -> Play:
    """Plays the office until the campaign is open and everybody in the room has handed in."""
    play = await Play.begin(url, office(), BEGINS)
    await play.opens(folder, BOOK, year=YEAR)
    for who in ("head", "deputy", "an", "binh", "chi"):
        await (await play.phone(who)).hands_in_all()
    return play


@dataclass
class Talk:
    """What is said and shown, line by line."""

    play: Play
    lines: list[str] = field(default_factory=list)

    async def says(self, who: str, text: str) -> str:
        """Type a text or a command (“/hop”)."""
        phone = await self.play.reads(who)
        self.lines.append(f"{self._time} {phone.name} » {text}")
        await (phone.commands(text[1:]) if text.startswith("/") else phone.says(text))
        return self._shows(phone)

    async def presses(self, who: str, label: str) -> str:
        """Press the newest button whose label is, or begins with, `label`. A number of the agenda that is not visible
        is looked for in the whole agenda.
        """
        phone = await self.play.reads(who)
        told = [key for row in await self.play.rows(DELIVERY, person_id=self.play.ids[who]) for key in keys_of(row)]
        here = [*reversed(phone.shown), *reversed(told)]
        exact = next((one for one in here if one.label == label), None)
        key = exact or next((one for one in here if _called(one.label, label)), None) or _numbered(phone, label)
        if key is None and label.isdecimal() and any(one.label == WHOLE for one in phone.shown):
            await self.presses(who, WHOLE)
            return await self.presses(who, label)
        assert key is not None, f"{who} was never shown “{label}”: {[one.label for one in phone.shown[-14:]]}"
        self.lines.append(f"{self._time} {phone.name} » [{key.label}]")
        button = Button.decode(key.data)
        await phone.does(Pressed(button))
        return self._shows(phone)

    @property
    def _time(self) -> str:
        return f"{self.play.clock.now:%d/%m %H:%M}"

    async def told(self, who: str) -> str:
        """The last notice to somebody, as their phone shows it."""
        row = (await self.play.rows(DELIVERY, person_id=self.play.ids[who]))[-1]
        lines = shown(word(reply_from_json(row["reply"]), "vi", kept=True))
        self.lines += [f"{self._time} → {self.play.cast.name(who)}", *lines, ""]
        return "\n".join(lines)

    def _shows(self, phone: Colleague) -> str:
        for reply in phone.answered.replies:
            self.lines += shown(reply)
        self.lines.append("")
        return "\n".join(line for reply in phone.answered.replies for line in shown(reply))

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines).rstrip() + "\n"


def _called(label: str, begin: str) -> bool:
    return label.startswith(begin) or label.lstrip("✓✗●▶▲ ").startswith(begin)


def _numbered(phone: Colleague, name: str) -> WordedKey | None:
    """The small button with the number before that name on the screen."""
    lines = [line.strip() for reply in phone.answered.replies for line in shown(reply)]
    numbers = [line.partition(".")[0] for line in lines if re.match(rf"\d+\. (?:[✓✗●] )?{re.escape(name)}", line)]
    return next((one for one in reversed(phone.shown) if one.label.split(" ")[0] in numbers), None)


def keys_of(row: Mapping[str, Any]) -> list[WordedKey]:
    """The buttons of a delivered message."""
    return [key for line in word(reply_from_json(row["reply"]), "vi", kept=True).keyboard for key in line]


def reply_words(row: Mapping[str, Any]) -> str:
    """The text of a delivered message."""
    return "\n".join(shown(word(reply_from_json(row["reply"]), "vi", kept=True)))


def shown(reply: Worded) -> list[str]:
    """A reply as lines, with its buttons in brackets below."""
    words = _MARK.sub("(mã)", html.unescape(_TAG.sub("", reply.html))).splitlines()
    told = [f"  {line}".rstrip() for line in words]
    rows = " | ".join(" ".join(f"[{key.label}]" for key in row) for row in reply.keyboard)
    return [*told, *([f"  {rows}"] if rows else [])]
