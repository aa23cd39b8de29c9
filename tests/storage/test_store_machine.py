"""Whatever two devices, replays, interruptions and restarts do: what was confirmed is there, once."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from rules.nouns.reviews import Answer, Decision, Outcome
from storage import Store
from tests.storage.house import AT, settle

QUESTIONS = st.sampled_from(["cau_1", "cau_2", "cau_3"])
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
ANSWERS = st.builds(Answer, VALUES, TEXT, st.booleans())
DEVICES = st.sampled_from([0, 1])
UPDATES = st.integers(1, 6)


class Interrupted(Exception):
    """The plug was pulled."""


class Machine(RuleBasedStateMachine):
    """An's review on two devices; the model is what was confirmed to her."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copy(template, Path(self.folder.name) / "store.sqlite")
        self.url = f"sqlite:///{path}"
        self.runner = asyncio.Runner()
        self.stores = [self.run(Store.open(self.url)) for _ in range(2)]
        self.history: list[tuple[str, Answer]] = []
        self.answers: dict[str, Answer] = {}
        self.drafts: list[dict[str, Answer]] = []
        self.decided: list[Outcome] = []
        self.seen: set[int] = set()
        self.run(self.begin())

    def run(self, work):
        return self.runner.run(work)

    async def begin(self) -> None:
        async with self.stores[0].transaction() as tx:
            self.office = await settle(tx)
            await tx.commit()

    async def keep(self, device: int, update: int, question: str, answer: Answer, *, interrupted: bool) -> None:
        async with self.stores[device].transaction() as tx:
            if await tx.turns.seen("telegram", "7", str(update)) is not None:
                return
            own = await tx.reviews.own(self.office.an)
            await tx.reviews.keep_answer(own.id, question, answer, self.office.an, AT)
            await tx.turns.keep(self.office.an, "telegram", "7", str(update), None, [], AT)
            if interrupted:
                raise Interrupted
            await tx.commit()

    @rule(device=DEVICES, update=UPDATES, question=QUESTIONS, answer=ANSWERS)
    def answer(self, device, update, question, answer):
        self.run(self.keep(device, update, question, answer, interrupted=False))
        if update not in self.seen:
            self.seen.add(update)
            self.history.append((question, answer))
            self.answers[question] = answer

    @rule(device=DEVICES, question=QUESTIONS, answer=ANSWERS)
    def interrupt(self, device, question, answer):
        try:
            self.run(self.keep(device, 99, question, answer, interrupted=True))
        except Interrupted:
            return
        raise AssertionError("the plug was not pulled")

    @rule(device=DEVICES)
    def restart(self, device):
        self.run(self.stores[device].close())
        self.stores[device] = self.run(Store.open(self.url))

    @precondition(lambda self: len(self.drafts) == len(self.decided))
    @rule(device=DEVICES)
    def submit(self, device):
        async def submitted() -> int:
            async with self.stores[device].transaction() as tx:
                version = await tx.reviews.submit(self.office.review, "f" * 64, None, None, AT)
                await tx.commit()
            return version

        self.drafts.append(dict(self.answers))
        assert self.run(submitted()) == len(self.drafts)

    @precondition(lambda self: self.drafts)
    @rule(device=DEVICES, outcome=st.sampled_from(Outcome))
    def decide(self, device, outcome):
        decision = Decision(len(self.drafts), outcome, self.office.head, "Lê Văn Trưởng", "Trưởng phòng", AT)

        async def decided() -> bool:
            async with self.stores[device].transaction() as tx:
                first = await tx.reviews.decide(self.office.review, decision)
                await tx.commit()
            return first

        assert self.run(decided()) == (len(self.decided) < len(self.drafts))
        if len(self.decided) < len(self.drafts):
            self.decided.append(outcome)

    @invariant()
    def what_was_confirmed_is_there_once(self):
        review, history = self.run(self.look())
        assert review.answers == self.answers
        assert history == self.history
        assert [dict(draft.answers) for draft in review.drafts] == self.drafts
        assert [decision.outcome for decision in review.decisions] == self.decided

    async def look(self):
        async with self.stores[0].reading() as tx:
            return await tx.reviews.get(self.office.review), await tx.reviews.history(self.office.review)

    def teardown(self):
        for store in self.stores:
            self.run(store.close())
        self.runner.close()
        self.folder.cleanup()


def test_the_store_keeps_what_was_confirmed(sqlite_file):
    calm = settings(max_examples=25, stateful_step_count=25)
    run_state_machine_as_test(lambda: Machine(sqlite_file), settings=calm)
