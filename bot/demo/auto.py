"""`tusoi demo --auto`: a complete review is played in the terminal, and its documents are written."""

import html
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.delivery.seam import NoJobs
from bot.demo.office import PHONES
from bot.demo.player import Phone
from bot.demo.setting import BEGINS, clear, clock_from, fresh_invitation, furnish, person_called
from bot.door.channel import Worded
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.settings import HouseSettings
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.wiring import database
from dialogs.core.turn import Papers
from rules.nouns.reviews import Outcome
from storage.store import Store

_NAMES = {"employee": "Nhân viên", "head": "Trưởng phòng", "authority": "Chánh Văn phòng"}


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script: who, and the text typed or (`pressed`) the label of the button pressed; "" only looks."""

    who: str
    text: str
    pressed: bool


async def play(folder: Path) -> None:
    """Play the script in a new office; write the transcript to standard output and the documents to `folder`."""
    clear(folder / "auto.db")
    now = clock_from(BEGINS)
    async with database(HouseSettings(database_url=f"sqlite:///{folder / 'auto.db'}", data_dir=folder)) as store:
        await furnish(store, now())
        house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), now)
        phones = {who: await _phone(house, who, key) for who, key in PHONES.items()}
        for who, phone in phones.items():
            _print(who, "(mở thư mời)", await phone.open(await fresh_invitation(store, phone.person, now())))
        for line in script():
            await _play(phones[line.who], line)
        written = await _write_documents(store, house, phones["employee"].person, folder)
    sys.stdout.write("\nCác tệp của phiếu đã có quyết định xếp loại:\n" + "".join(f"  {path}\n" for path in written))


def script() -> Iterator[ScriptLine]:
    """The lines of script.txt."""
    who = ""
    for raw in files("bot.demo").joinpath("script.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("@"):
            who = line[1:]
            yield ScriptLine(who, "", pressed=False)
        elif line.startswith("["):
            yield ScriptLine(who, line[1:-1], pressed=True)
        elif line and not line.startswith("#"):
            yield ScriptLine(who, line, pressed=False)


async def _phone(house: House, who: str, roster_key: str) -> Phone:
    return Phone(house, await person_called(house.store, roster_key), f"demo-{who}")


async def _play(phone: Phone, line: ScriptLine) -> None:
    if not line.text:
        _print(line.who, "", await phone.news())
    elif line.text.startswith("/"):
        _print(line.who, line.text, await phone.command(line.text[1:]))
    elif line.pressed:
        _print(line.who, f"[{line.text}]", await phone.press(line.text))
    else:
        _print(line.who, line.text, await phone.say(line.text))


def _print(who: str, did: str, replies: Sequence[Worded]) -> None:
    if did:
        sys.stdout.write(f"\n{_NAMES[who]} » {did}\n")
    for reply in replies:
        text = plain(reply.html).replace("\n", "\n    ")
        keys = "\n".join("    " + " ".join(f"[{key.label}]" for key in row) for row in reply.keyboard)
        sys.stdout.write(f"  Tự Soi → {_NAMES[who]}:\n    {text}\n" + (f"{keys}\n" if keys else ""))


def plain(text: str) -> str:
    """A message without its markup, for a terminal."""
    quoted = re.sub(r"\s*<blockquote>(.*?)</blockquote>", r"\n“\1”", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"</?(?:b|i|u|s|code)>", "", quoted))


async def _write_documents(store: Store, house: House, person: int, folder: Path) -> list[Path]:
    """The approved version as DOCX, PDF and pictures of its pages."""
    async with store.reading() as tx:
        review, *_ = await tx.reviews.mine(person)
    assert review.last_decision is not None
    assert review.last_decision.outcome is Outcome.APPROVED
    papers = Papers(review.id, review.last_decision.version, ("docx", "pdf", "pages"))
    written = []
    for document in await house.documents(person, papers):
        path = folder / document.name
        path.write_bytes(document.content)
        written.append(path)
    return written
