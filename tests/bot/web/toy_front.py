"""A stand-in for the house with a toy dialog: three people, two questions, a document. It stores what the real one
does.
"""

import asyncio
import datetime as dt
import struct
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from html import escape
from zoneinfo import ZoneInfo

from bot.door.channel import Document, Incoming, Parcel, Worded, WordedKey
from bot.door.front import Answered, Beside, Called, Exchange, Worth
from bot.door.verdicts import Standing, Verdict
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from dialogs.core.state import Invitation
from dialogs.core.turn import Attached, InPieces, Papers
from storage.repositories.access.pushes import PushAddress

AN, BINH = 1, 2
START = dt.datetime(2026, 11, 21, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LEVELS = {"good": "Thực hiện tốt", "met": "Đáp ứng", "unmet": "Chưa đáp ứng"}


def keyboard(*rows: tuple[tuple[str, Button], ...]) -> tuple[tuple[WordedKey, ...], ...]:
    return tuple(tuple(WordedKey(label, button.encode()) for label, button in row) for row in rows)


QUESTION = Worded(
    "<b>Câu 7/23</b> · Ý thức tổ chức kỷ luật\n\nAnh/chị chấp hành sự phân công của tổ chức ở mức nào?",
    keyboard(
        tuple((label, Button("answer", 5, ("c7", level))) for level, label in LEVELS.items()),
        (("◀ Quay lại", Button("back", 5)), ("Để sau", Button("later", 5))),
    ),
)


class ToyFront:
    """Answers as the house does: every update takes effect once, and is stored before it is answered."""

    def __init__(self, codes: dict[str, int]) -> None:
        self.codes = codes  # unused one-time code → person
        self.accounts: dict[str, int] = {}
        self.kept: dict[int, list[Exchange]] = {AN: [], BINH: []}
        self.seen: dict[str, Answered] = {}
        self.taken: list[Incoming] = []  # each event that acted
        self.rendered = 0
        self.broken = False
        self._bell = asyncio.Event()
        self._ids = 0

    # ---- what a channel asks for

    async def take(self, incoming: Incoming) -> Answered:
        if self.broken:
            raise RuntimeError("the database went away")
        if incoming.update_id not in self.seen:
            self.taken.append(incoming)
            self.seen[incoming.update_id] = self._answer(incoming)
        return self.seen[incoming.update_id]

    async def who(self, channel: str, account: str) -> int | None:
        return self.accounts.get(account)

    async def visited(self, channel: str, account: str) -> None:
        assert account in self.accounts

    async def moved(self, channel: str, account: str, to: str, person: int) -> bool:
        return False

    async def worth(self, code: str) -> Worth:
        return Worth(Invitation.VALID, self.codes[code]) if code in self.codes else Worth(Invitation.UNKNOWN)

    async def checked(self, paper: str | bytes, persons: Sequence[int]) -> Verdict:
        return Verdict(Standing.UNKNOWN)

    async def named(self, person: int) -> str:
        return f"Người {person}"

    async def tongue(self, person: int) -> str:
        return "vi"

    async def menu(self, person: int) -> Sequence[str]:
        return ("tieptuc", "xemtruoc", "trogiup")

    def out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """Does nothing: no reply is ever owed."""

    def not_out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """Does nothing: nobody sends the reply later."""

    async def still_owed(self, channel: str, account: str, update: str) -> bool:
        return True

    async def put_by(self, channel: str, account: str, update_id: str, update: Mapping[str, object]) -> None:
        """Does nothing: no update is stored."""

    async def unread(self, channel: str) -> Sequence[Mapping[str, object]]:
        return ()

    async def beside(self, person: int) -> Beside:
        return Beside()

    async def awaits_file(self, channel: str, account: str) -> str:
        return ""

    async def history(
        self, person: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[Exchange]:
        return [step for step in self.kept[person] if after < step.id < (before or self._ids + 1)][-limit:]

    async def documents(self, person: int, attached: Attached) -> Sequence[Document]:
        self.rendered += 1
        if not isinstance(attached, Papers) or attached.review != 5 or person not in {AN, BINH}:
            return []
        files = {
            "pages": [Document("page", f"trang-{number}.png", png(number)) for number in (1, 2)],
            "docx": [Document("docx", "Bản tự kiểm điểm – Đặng Thị Ấm.docx", b"PK word")],
            "pdf": [Document("pdf", "Bản tự kiểm điểm – Đặng Thị Ấm.pdf", b"%PDF")],
        }
        return [file for kind in attached.kinds for file in files[kind]]

    async def may_take(self, person: int, wanted: InPieces) -> bool:
        return True

    async def parcel(self, person: int, wanted: InPieces) -> Parcel | None:
        return None

    async def reached(self, channel: str, account: str, *, reachable: bool) -> None:
        raise AssertionError("a page cannot be blocked")

    async def push_key(self) -> str:
        return "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"

    async def call_at(self, channel: str, account: str, address: PushAddress | None) -> None:
        raise AssertionError("nobody asked to be called")

    async def called(self, channel: str, account: str, person: int) -> Called | None:
        return None

    async def changes(self, person: int) -> AsyncIterator[None]:
        while True:
            yield
            bell = self._bell
            try:
                async with asyncio.timeout(0.5):
                    await bell.wait()
            except TimeoutError:
                continue

    # ---- what happens elsewhere

    def tell(self, person: int, *replies: Worded, said: str = "", minutes: int = 0) -> Exchange:
        """Store an exchange (a notice, if nothing was said) and wake whoever waits for it."""
        self._ids += 1
        step = Exchange(self._ids, START + dt.timedelta(minutes=minutes), "web", said, replies)
        self.kept[person].append(step)
        self._bell.set()
        self._bell = asyncio.Event()
        return step

    # ---- the toy dialog

    def _answer(self, incoming: Incoming) -> Answered:
        person = self.accounts.get(incoming.account)
        if person is None:
            return self._let_in(incoming)
        if incoming.event == Commanded("thoat"):
            del self.accounts[incoming.account]
            return Answered(None, ())
        said, replies = self._reply(incoming.event)
        self.tell(person, *replies, said=said)
        return Answered(person, replies)

    def _let_in(self, incoming: Incoming) -> Answered:
        code = incoming.event.argument if isinstance(incoming.event, Commanded) else ""
        if code not in self.codes:
            return Answered(None, (Worded("Mã này <b>đã được dùng</b> hoặc không đúng."),))
        person = self.accounts[incoming.account] = self.codes.pop(code)
        replies = (Worded("Chào anh/chị. Mời bắt đầu."), QUESTION)
        self.tell(person, *replies, said="/start")
        return Answered(person, replies)

    def _reply(self, event: Event) -> tuple[str, tuple[Worded, ...]]:
        match event:
            case Pressed(Button("answer", _, (_, level))):
                return LEVELS[level], (Worded(f"✓ Đã ghi: <b>{LEVELS[level]}</b>."), QUESTION)
            case Pressed(Button("tick", _, (marks,))):
                return "tick", (ticks(marks),)
            case Commanded("xemtruoc"):
                papers = Papers(5, 0, ("pages", "docx", "pdf"))
                return "/xemtruoc", (Worded("Đây là văn bản đến lúc này.", attached=papers),)
            case Said(text) if len(text) > 4000:
                return text[:4000], (Worded("Câu trả lời dài quá, anh/chị rút gọn dưới 4.000 ký tự giúp nhé."),)
            case Said(text):
                return text, (Worded(f"Đã ghi: “{escape(text)}”."),)
            case _:
                return "?", (Worded("Tôi chưa hiểu."),)


def ticks(marks: str) -> Worded:
    """A list with ticks, which is drawn again after each press."""
    rows = [((f"{'☑' if str(n) in marks else '☐'} Mục {n}", Button("tick", 5, (f"{marks}{n}",))),) for n in (1, 2, 3)]
    return Worded("Mục nào cần làm lại?", keyboard(*rows), replaces=True)


def png(number: int) -> bytes:
    """A small white page with a grey block, as a real PNG."""
    width, height = 210, 297
    grey, white = b"\xbb" * 150 + b"\xff" * 60, b"\xff" * width
    rows = b"".join(b"\0" + (grey if 40 < y < 60 + 40 * number and y % 8 < 3 else white) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
