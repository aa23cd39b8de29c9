"""The small office as its desk sees it: four people, one open campaign, one rulebook."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.door.words import word
from dialogs.core.events import Event, Pressed
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, SetFocus, Turn
from dialogs.step import step
from rules.book.clauses import Due, Milestone
from rules.book.rulebook import Rulebook
from rules.book.summaries import Contents, SummaryTable
from rules.nouns.devices import WaitingCode
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Json, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy, Rating, Subject
from tests.dialogs.small_office import BOOK as PLAIN_BOOK
from tests.dialogs.small_office import HOA, LAN, MINH, NOW, TAM

BOOK = replace(
    PLAIN_BOOK,
    milestones=(
        Milestone("self_review", "Cá nhân tự đánh giá", OwedBy.PERSON, Due(12, 4), "Điều thử 7"),
        Milestone("unit_review", "Đơn vị họp đánh giá", OwedBy.HEAD, Due(12, 10), "Điều thử 7"),
        Milestone("dossiers", "Gửi hồ sơ", OwedBy.DESK, Due(12, 20), "Điều thử 8"),
    ),
    summary_tables=(
        SummaryTable("report", "Báo cáo", Contents.COUNTS, (), "Điều thử 9", "báo cáo kết quả"),
        SummaryTable(
            "mau_07", "Tổng hợp", Contents.RESULTS, (), "Điều thử 9", "mẫu 07", code="Mẫu số 07", unverified=True
        ),
    ),
)
#: A rulebook with forms for months and quarters, and without milestones.
OTHER = replace(
    PLAIN_BOOK,
    head=replace(PLAIN_BOOK.head, id="thu-thang", title="Quy định theo tháng", until=dt.date(2020, 12, 31)),
    choose_form=tuple(replace(PLAIN_BOOK.choose_form[0], period=period) for period in ("year", "month", "quarter")),
)


class Shelf:
    """Both rulebooks, for any year."""

    def __getitem__(self, edition: tuple[str, int]) -> Rulebook:
        """The rulebook of an edition."""
        return {BOOK.id: BOOK, OTHER.id: OTHER}[edition[0]]


SHELF = Shelf()
DAYS = {"self_review": dt.date(2020, 12, 4), "unit_review": dt.date(2020, 12, 10), "dossiers": dt.date(2020, 12, 20)}
CAMPAIGN = Campaign(5, BOOK.id, 2020, LAN.office, DAYS)
DESK = Person(
    9, "Vũ Thanh Hà", "Trưởng phòng", 12, "Phòng Hành chính – Tổ chức", LAN.office, Subject.OFFICIAL, desk=True
)
DRIVER = Person(8, "Đỗ Văn Sáu", "Lái xe", 11, "Phòng Quản trị", LAN.office, Subject.WORKER)
EVERYBODY = (LAN, MINH, HOA, TAM, DRIVER, DESK)


def standing(person: Person, status: ReviewStatus = ReviewStatus.DRAFTING, *, started: bool = True) -> ReviewLine:
    """The review line of a person; the id of the review is the person's plus 100."""
    return ReviewLine(
        100 + person.id,
        person,
        CAMPAIGN,
        "mau-thu",
        status,
        MINH.id,
        "unit_head",
        HOA.id,
        started,
        self_rating=Rating.EXCELLENT,
        suggested=Rating.GOOD,
        ruled=Rating.GOOD,
    )


def view(*standings: ReviewLine, **more: object) -> OfficeView:
    """The knowledge of the desk."""
    plain = OfficeView(
        1,
        OfficeSettings(),
        (CAMPAIGN,),
        people=EVERYBODY,
        units={10: LAN.unit, 11: HOA.unit, 12: DESK.unit},
        standings=standings,
        rulebooks={BOOK.id: BOOK.title, OTHER.id: OTHER.title},
        keys={person.id: f"K{person.id}" for person in EVERYBODY},
        accounts={LAN.id: (2, 1), DESK.id: (1, 0)},
        invited={TAM.id: dt.datetime(2021, 1, 15, 8, tzinfo=NOW.tzinfo)},
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def at_desk(room: OfficeView, focus: Mapping[str, Json] | None = None, person: Person = DESK) -> State:
    """The state of the desk's conversation."""
    return State(person, "vi", NOW, focus=focus, room=room)


class Talk:
    """A conversation of several events. The focus is carried on, and every reply is worded in both languages."""

    def __init__(
        self,
        room: OfficeView,
        person: Person = DESK,
        now: dt.datetime = NOW,
        code: str = "",
        new_code: WaitingCode | None = None,
    ) -> None:
        self.room, self.person, self.now, self.code, self.new_code = room, person, now, code, new_code
        self.focus: Mapping[str, Json] | None = None
        self.turn = Turn(())
        self.said: list[Reply] = []

    def does(self, event: Event) -> Turn:
        """Handle one event."""
        links = {"web": f"https://tusoi.example/i/{self.code}"} if self.code else {}
        state = State(
            self.person,
            "vi",
            self.now,
            focus=self.focus,
            room=self.room,
            fresh_code=self.code,
            links=links,
            desk=(DESK.id,),
            new_code=self.new_code,
        )
        self.turn = step(SHELF, state, event)
        for command in self.turn.commands:
            if isinstance(command, SetFocus):
                self.focus = command.focus
        notices = (command.reply for command in self.turn.commands if isinstance(command, Notify))
        self.said += [*self.turn.replies, *notices]
        assert all(word(reply, "vi").html for reply in self.turn.replies)
        assert all(key.label for reply in self.turn.replies for row in word(reply, "en").keyboard for key in row)
        return self.turn

    def presses(self, label: str, *words: str) -> Turn:
        """Press the first button of the last turn with that label (and these words, or their stamps)."""
        return self.does(Pressed(self.key(label, *words).button))

    def key(self, label: str, *words: str) -> Key:
        """That button."""
        return next(
            key
            for reply in self.turn.replies
            for row in reply.keyboard
            for key in row
            if key.label == label and all({one, seal(one)} & set(key.button.about) for one in words)
        )

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons of the last turn."""
        return [key.label for reply in self.turn.replies for row in reply.keyboard for key in row]

    @property
    def reply(self) -> Reply:
        """The last reply."""
        return self.turn.replies[-1]

    @property
    def text(self) -> str:
        """The text of the last turn, in Vietnamese."""
        return "\n".join(word(reply, "vi").html for reply in self.turn.replies)

    @property
    def done(self) -> list[object]:
        """The commands of the last turn, except those that set the focus."""
        return [command for command in self.turn.commands if not isinstance(command, SetFocus)]
