"""Any events in any order, on two devices and by the head: the real house over a real database keeps its promises."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.door.channel import Incoming
from bot.door.front import Answered
from bot.door.kept import reply_from_json
from bot.door.words import word
from dialogs.core.buttons import MAX_BYTES, Button
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent
from dialogs.step import COMMANDS
from rules.nouns.reviews import Decision, Outcome, Review, ReviewStatus
from storage.tables import ANSWER, REVIEW
from tests.bot.playing import TEXTS, Phone, obliging, preferred
from tests.properties.offices import ACCOUNTS, BEGINNINGS, office_at
from tests.standins.telegram_html import parse

WHO = st.sampled_from(tuple(ACCOUNTS))
WHICH = st.integers(0, 10_000)
WORDS = st.one_of(
    st.sampled_from([*TEXTS, "", "100", "7,5", "không", "👍", "\x00\ud800", "x" * 5000]),
    st.text(max_size=30),
)
ARGUMENTS = st.sampled_from(["", "ABCDEFGHJK22", "\ud800", "' OR 1=1"])
#: What a head does with a draft: verbs of buttons; "" stands for a text.
DEEDS = st.sampled_from(
    [
        ("head_agree", "head_approve"),
        ("head_return", "", "head_send"),
        ("head_return", "", "head_part", "head_send"),
        ("head_comment", ""),
        ("head_why", "head_changes", "head_papers"),
    ]
)


class Conversations(RuleBasedStateMachine):
    """Each rule is something that may happen; each invariant a promise that holds after all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.taken: list[tuple[Incoming, Answered]] = []
        self.history: list[tuple[int, str, Any]] = []
        self.reviews: list[Review] = []
        self.approved: dict[int, Review] = {}

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(doing)

    @initialize(beginning=st.sampled_from(tuple(BEGINNINGS)))
    def it_begins(self, beginning: str) -> None:
        self.office = self.run(office_at(beginning))
        self.run(self.looks())

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.run(self.office.closed())
        self.runner.close()

    # ── what may happen ────────────────────────────────────────────────────────────────────────

    @rule(who=WHO, which=WHICH)
    def a_button_is_pressed_be_it_new_or_old(self, who: str, which: int) -> None:
        self.happens(who, self.press(who, which))

    @rule(who=WHO, other=WHO, which=WHICH)
    def a_button_of_somebody_else_is_pressed(self, who: str, other: str, which: int) -> None:
        self.happens(who, self.press(other, which))

    @rule(who=WHO, data=st.text(max_size=20))
    def a_button_that_nobody_drew_is_pressed(self, who: str, data: str) -> None:
        self.happens(who, Pressed(Button.decode(data)))

    @rule(who=WHO, text=WORDS)
    def something_is_said(self, who: str, text: str) -> None:
        self.happens(who, Said(text))

    @rule(who=WHO, what=st.sampled_from(["photo", "voice", "sticker", "other"]))
    def something_is_sent(self, who: str, what: str) -> None:
        self.happens(who, Sent(what))

    @rule(who=WHO, name=st.sampled_from([*COMMANDS, "khongco"]), argument=ARGUMENTS)
    def a_command_is_given(self, who: str, name: str, argument: str) -> None:
        self.happens(who, Commanded(name, argument))

    @rule(who=WHO)
    def an_invitation_is_used(self, who: str) -> None:
        self.happens(who, Commanded("start", self.run(self.office.stage.invitation(ACCOUNTS[who]))))

    @rule(who=st.sampled_from(["mobile", "tablet"]), steps=st.integers(1, 12), skill=st.sampled_from(["good", "met"]))
    def the_employee_goes_on_as_asked(self, who: str, steps: int, skill: str) -> None:
        self.happens(who, Commanded("tieptuc"))
        for _ in range(steps):
            replies = self.office.phones[who].answered.replies
            event = obliging(replies, lambda options: preferred(options, {"c1a": skill}))
            if event is not None:
                self.happens(who, event)

    @rule(deeds=DEEDS)
    def the_head_takes_up_a_draft(self, deeds: Sequence[str]) -> None:
        self.happens("desktop", Commanded("choduyet"))
        for verb in ("head_card", *deeds):
            drawn = [button for button in self.shown("desktop") if button.verb == verb]
            self.happens("desktop", Pressed(drawn[-1]) if drawn else Said("Đề nghị bổ sung minh chứng."))

    @rule(which=WHICH)
    def an_update_is_delivered_again(self, which: int) -> None:
        if self.taken:
            self.run(self.again(*self.taken[which % len(self.taken)]))

    # ── what is promised ───────────────────────────────────────────────────────────────────────

    @invariant()
    def what_was_confirmed_is_kept(self) -> None:
        for review in self.reviews:
            newest = {question: value for of, question, value in self.history if of == review.id}
            assert {question: answer.value for question, answer in review.answers.items()} == newest

    @invariant()
    def what_was_approved_never_changes(self) -> None:
        for review in self.reviews:
            if review.status is ReviewStatus.APPROVED:
                assert review == self.approved.setdefault(review.id, review)
        assert self.approved.keys() <= {one.id for one in self.reviews if one.status is ReviewStatus.APPROVED}

    @invariant()
    def everybody_decides_only_what_is_theirs(self) -> None:
        assert all(rightful(review, decision) for review in self.reviews for decision in review.decisions)

    # ── how it is done ─────────────────────────────────────────────────────────────────────────

    def shown(self, who: str) -> list[Button]:
        decoded = [Button.decode(key.data) for key in self.office.phones[who].shown]
        return [button for button in decoded if button]

    def press(self, who: str, which: int) -> Pressed:
        """One of the buttons this account was ever shown, mostly a new one."""
        shown = self.shown(who)
        return Pressed(shown[-1 - which % len(shown)])

    def happens(self, who: str, event: Event) -> None:
        self.run(self.takes(who, event))

    async def takes(self, who: str, event: Event) -> None:
        phone, update = self.office.phones[who], f"{len(self.taken)}"
        answered = await phone.does(event, update)
        self.taken.append((Incoming(phone.channel, phone.account, update, event), answered))
        before = self.history
        await self.looks()
        assert self.history[: len(before)] == before
        assert confirmed(event, phone.text) <= {(of, question, said(value)) for of, question, value in self.history}
        await self.readable(phone, update)

    async def again(self, incoming: Incoming, answered: Answered) -> None:
        """The same update once more: nothing changes, and the reply is the same (in the language of today)."""
        counted = await self.counted()
        once_more = await self.office.stage.house.take(incoming)
        assert pressable(once_more) == pressable(answered)
        assert [reply.attached for reply in once_more.replies] == [reply.attached for reply in answered.replies]
        assert await self.counted() == counted

    async def readable(self, phone: Phone, update: str) -> None:
        """The replies have words in both languages, in the markup channels understand, and buttons that fit."""
        async with self.office.stage.store.reading() as tx:
            replies = await tx.turns.seen(phone.channel, phone.account, update)
        assert replies
        for reply in (reply_from_json(kept) for kept in replies):
            for worded in (word(reply, language) for language in ("vi", "en")):
                assert parse(worded.html)[0]
                assert all(key.label and len(key.data.encode()) <= MAX_BYTES for row in worded.keyboard for key in row)

    async def looks(self) -> None:
        """All that is kept now."""
        columns = select(ANSWER.c.review_id, ANSWER.c.question, ANSWER.c.value).order_by(ANSWER.c.id)
        async with self.office.stage.store.reading() as tx:
            self.history = [tuple(row) for row in await tx.connection.execute(columns)]
            (campaign,) = await tx.campaigns.open_ones()
            of_campaign = select(REVIEW.c.id).where(REVIEW.c.campaign_id == campaign.id)
            self.reviews = await tx.reviews.some([row[0] for row in await tx.connection.execute(of_campaign)])

    async def counted(self) -> list[int]:
        tables = ("turn", "answer", "draft", "decision", "delivery", "audit", "account", "code_attempt")
        return [await self.office.stage.count(table) for table in tables]


def confirmed(event: Event, text: str) -> set[tuple[int, str, str]]:
    """The answer that this reply says is kept: review, question and value as the button has it."""
    button = event.button if isinstance(event, Pressed) else None
    if button is None or button.verb not in {"answer", "rate"} or not text.startswith("✓"):
        return set()
    return {(button.review, button.about[0], button.about[1])}


def said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool | int | float) else str(value)


def rightful(review: Review, decision: Decision) -> bool:
    """A draft is taken back by its author, and decided by the approver, who is somebody else."""
    if decision.outcome is Outcome.WITHDRAWN:
        return decision.by == review.person.id
    return decision.by == review.approver_id != review.person.id


def pressable(answered: Answered) -> list[str]:
    return [key.data for reply in answered.replies for row in reply.keyboard for key in row]


TestConversations = Conversations.TestCase
TestConversations.settings = settings(max_examples=30, stateful_step_count=15)
