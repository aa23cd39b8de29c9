"""The process is killed at random points of many conversations: what a person saw confirmed is there, once.

What must be there is what a house has that was never killed and took the same letters in the same order.
"""

import asyncio
import datetime as dt
import itertools
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from random import Random

import pytest
from sqlalchemy import select

from bot.door.channel import Incoming
from bot.door.front import Answered
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent
from rules.forms.answers_stamp import answers_stamp
from storage import Store
from storage.tables import ANSWER
from storage.values import NewCode
from tests.bot.dying import KEY, Account, Post
from tests.bot.playing import TEXTS, Clock, Stage, house_over, obliging, shelf, staged
from tests.engines import sqlite_copy

#: People of one form each, and who approves them.
EMPLOYEES, HEAD = ("AP-009", "AP-010", "AP-011", "AP-012"), "AP-008"


class Employee:
    """Answers what is asked, at random and with detours; sends, and sometimes takes it back."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.review = 0

    def __call__(self, answered: Answered) -> Event | None:
        shown = [button for button in buttons(answered) if button.verb != "not_me"]
        self.review = next((button.review for button in shown if button.review), self.review)
        wanted = obliging(answered.replies, self._random.choice, self._text)
        if wanted is None:
            back = [button for button in shown if button.verb == "withdraw"]
            return Pressed(back[0]) if back and self._random.random() < 0.3 else None
        if self._random.random() < 0.8:
            return wanted
        detours = [Pressed(self._random.choice(shown)), Sent("photo"), Said(self._text()), Commanded("tieptuc")]
        return self._random.choice(detours)

    def _text(self) -> str:
        return self._random.choice(TEXTS)


class Head:
    """Returns everybody's first draft and agrees to the second; looks again when there is something new."""

    def __init__(self) -> None:
        self._returned: set[int] = set()
        self._reason_awaited = False
        self.something_new = False

    def __call__(self, answered: Answered) -> Event | None:
        shown = {button.verb: button for button in reversed(buttons(answered))}
        if self._reason_awaited:
            self._reason_awaited = False
            return Said("Đề nghị bổ sung minh chứng cho nhiệm vụ số 1.")
        agree = shown.get("head_agree")
        if agree and agree.review not in self._returned:
            self._returned.add(agree.review)
            self._reason_awaited = True
            return Pressed(shown["head_return"])
        for verb in ("head_send", "head_approve", "head_agree", "head_card", "head_list"):
            if verb in shown:
                return Pressed(shown[verb])
        again, self.something_new = self.something_new, False
        return Commanded("choduyet") if again else None


def buttons(answered: Answered) -> list[Button]:
    decoded = [Button.decode(key.data) for reply in answered.replies for row in reply.keyboard for key in row]
    return [button for button in decoded if button]


def pressed(incoming: Incoming) -> str:
    event = incoming.event
    return event.button.verb if isinstance(event, Pressed) and event.button else ""


class Office:
    """Four employees and their head, writing to a house that keeps dying."""

    def __init__(self, url: str, seed: int, longest_life: float) -> None:
        self.post = Post(url, seed, longest_life)
        self.post.on_confirmed = self._wake
        self._head = Head()
        self._people = {key: Employee(Random(f"{seed} {key}")) for key in EMPLOYEES}
        self.accounts = {key: Account(key, actor) for key, actor in {**self._people, HEAD: self._head}.items()}

    def play(self) -> None:
        for key, account in self.accounts.items():
            self.post.send(account, Commanded("start", CODES[key]))
        self.post.run()

    def _wake(self, incoming: Incoming) -> None:
        """Telegram shows the notice; the one it is for looks again."""
        if pressed(incoming) in {"send", "withdrawn"}:
            self._head.something_new = True
            self.post.send(self.accounts[HEAD], Commanded("choduyet"))
        if pressed(incoming) in {"head_send", "head_approve"}:
            review = incoming.event.button.review
            for key in (key for key, person in self._people.items() if person.review == review):
                self.post.send(self.accounts[key], Commanded("tieptuc"))


#: Every house gets the same codes, so that the same letters can be given to it.
CODES = {key: f"ABCDEFGHJK{number}{number}" for number, key in enumerate((*EMPLOYEES, HEAD), start=2)}


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Stage]:
    """The house on a database where the office is furnished already."""
    store, clock = await Store.open(url, key=KEY), Clock()
    try:
        yield Stage(store, clock, house_over(store, clock), itertools.count())
    finally:
        await store.close()


async def furnished(url: str) -> None:
    """The office with its invitations."""
    async with opened(url) as stage:
        await staged(stage.store)
        async with stage.store.transaction() as tx:
            for key, code in CODES.items():
                person, now = await stage.person(key), stage.clock()
                await tx.invitations.issue(NewCode(person, code), "device", now + dt.timedelta(days=1), now)
            await tx.commit()


async def kept(stage: Stage) -> dict[str, list[str]]:
    """Everything that conversations leave behind, without the numbers of rows; answers review by review, in order."""
    found = {}
    for table in ("review", "answer", "draft", "decision", "delivery", "audit", "account"):
        rows = await stage.rows(table)
        ordered = sorted(rows, key=lambda row: row["review_id"]) if table == "answer" else rows
        lines = [json.dumps({name: row[name] for name in row if name not in UNLIKE}, default=str) for row in ordered]
        found[table] = lines if table == "answer" else sorted(lines)
    return found


#: Numbers of rows depend on which of two people was a moment earlier.
UNLIKE = {"id", "draft_id"}


async def unkilled(url: str, letters: Mapping[str, Incoming], order: Sequence[str]) -> dict[str, list[str]]:
    """What a house keeps that nobody killed, after the same letters in the same order."""
    await furnished(url)
    async with opened(url) as stage:
        for update in order:
            await stage.house.take(letters[update])
        return await kept(stage)


async def answered_alike(stage: Stage, accounts: Iterable[Account]) -> None:
    """Every letter, delivered once more, gets the very reply that was shown."""
    for account in accounts:
        for incoming, answered in account.confirmed:
            assert await stage.house.take(incoming) == answered, incoming


async def whole(stage: Stage) -> None:
    """Each review's answers are the newest of its history; each draft holds the answers its stamp names, and has its
    document."""
    async with stage.store.reading() as tx:
        for key in EMPLOYEES:
            review, *_ = await tx.reviews.mine(await stage.person(key))
            history = (
                select(ANSWER.c.question, ANSWER.c.value).where(ANSWER.c.review_id == review.id).order_by(ANSWER.c.id)
            )
            newest = dict(list(await tx.connection.execute(history)))
            assert {question: answer.value for question, answer in review.answers.items()} == newest
            form = shelf()[review.campaign.edition].forms[review.form]
            stamps = [answers_stamp(form, draft.answers) for draft in review.drafts]
            assert [draft.stamp for draft in review.drafts] == stamps
            marks = [(await tx.documents.mark(review.id, draft.version)).fingerprint for draft in review.drafts]
            assert all(marks), "what was sent is kept as it is printed"


@pytest.fixture
def urls(request, engine) -> Iterator[tuple[str, str]]:
    """Two fresh databases on the same engine."""
    if engine == "sqlite":
        template, folder = request.getfixturevalue("sqlite_file"), request.getfixturevalue("tmp_path")
        with sqlite_copy(template, folder) as one, sqlite_copy(template, folder) as other:
            yield one, other
    else:
        postgres = request.getfixturevalue("postgres")
        with postgres.copy() as one, postgres.copy() as other:
            yield one, other


#: Seconds a house lives at most after it has opened; with PostgreSQL its first steps take longer.
LONGEST_LIFE = {"sqlite": 0.045, "postgresql": 0.12}


@pytest.mark.long
@pytest.mark.parametrize(
    ("engine", "seed"),
    [("sqlite", 1), ("sqlite", 2), pytest.param("postgresql", 3, marks=pytest.mark.postgres)],
)
def test_what_was_confirmed_is_kept_once_however_often_the_process_is_killed(urls, engine, seed):
    url, other = urls
    asyncio.run(furnished(url))
    office = Office(url, seed, LONGEST_LIFE[engine])
    office.play()
    assert office.post.deaths > 10, f"seed {seed}: too few deaths to mean anything"
    asyncio.run(judged(office.post, office.accounts.values(), url, other))


async def judged(post: Post, accounts: Iterable[Account], url: str, other: str) -> None:
    letters = {incoming.update_id: incoming for incoming in post.order}
    async with opened(url) as stage:
        order = [row["update_id"] for row in await stage.rows("turn", channel="telegram")]
        assert sorted(order) == sorted(letters)  # each once
        everything = await kept(stage)
        assert everything == await unkilled(other, letters, order)
        await whole(stage)
        await answered_alike(stage, accounts)
        assert await kept(stage) == everything
