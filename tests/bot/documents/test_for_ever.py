"""Whatever comes later, every version ever sent reads as it was sent, under the same fingerprint."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.campaign.campaigns import open_campaign
from bot.campaign.roster.importing import import_roster, preview
from bot.demo.office import DEMO_ROSTER, OFFICE
from bot.documents.content import canonical
from bot.documents.freezing import freeze
from bot.documents.printing import files, kept_paper
from bot.turn.papers import to_print
from dialogs.core.turn import Papers
from rules.book.rulebook import Rulebook
from rules.nouns.errors import TusoiError
from rules.roster.people import Roster
from storage.store import Store
from templates.documents.blocks import Paper
from templates.documents.words import section
from tests.bot.documents.office import REVIEWED, contents, played
from tests.bot.playing import CHIEF, HEAD, Clock, shelf

TEXTS = ("Tên Mới", "Phó Trưởng phòng", "{{ 7 }} <b>", "Ủy viên")
#: Who is changed: those who sent, the head who agreed, the chief who decided.
PEOPLE = (*REVIEWED, HEAD, CHIEF)

CHANGES = st.one_of(
    st.tuples(
        st.just("person"), st.sampled_from(PEOPLE), st.sampled_from(("name", "position")), st.sampled_from(TEXTS)
    ),
    st.tuples(st.just("moves"), st.sampled_from(REVIEWED), st.sampled_from((1, 2))),
    st.tuples(st.just("person"), st.sampled_from(REVIEWED), st.just("leader"), st.booleans()),
    st.tuples(st.just("person"), st.sampled_from(REVIEWED), st.just("party_member"), st.booleans()),
    st.tuples(st.just("leaves"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("comes back"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("unit"), st.sampled_from(("Phòng Nội vụ", "Ban Tổ chức"))),
    st.tuples(st.just("above"), st.sampled_from(("UBND tỉnh Khác", ""))),
    st.tuples(st.just("key"), st.sampled_from(PEOPLE), st.sampled_from(("K-1", "K-2"))),
    st.tuples(st.just("place"), st.sampled_from(("Quảng Ngãi", "Kon Tum", ""))),
    st.tuples(st.just("rulebook"), st.sampled_from(("title", "sections", "version"))),
    st.tuples(st.just("words"), st.sampled_from(sorted(section("words")))),
    st.tuples(st.just("edition"), st.integers(2021, 2024)),
    st.tuples(st.just("restart")),
    st.tuples(st.just("freeze")),
)


class Edited(Mapping):
    """The rulebooks of today, after somebody edited every form."""

    def __init__(self) -> None:
        self.how: set[str] = set()

    def __getitem__(self, edition: tuple[str, dt.date]) -> Rulebook:
        book = shelf()[edition]
        changed: dict[str, Any] = {}
        if "title" in self.how:
            changed["title"] = "MẪU KHÁC"
        if "version" in self.how:
            changed["version"] = "99"
        if "sections" in self.how:
            changed |= {"sections": (), "comment": (), "person_lines": ()}
        return replace(book, forms={id_: replace(form, **changed) for id_, form in book.forms.items()})

    def __iter__(self):
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass
class LaterOn:
    """The office as time goes on. `first`: every version by (review, version), as it was when it was kept."""

    url: str
    store: Store
    clock: Clock
    first: dict[tuple[int, int], tuple[str, Paper, list[dict]]] = field(default_factory=dict)
    roster: Roster = DEMO_ROSTER
    books: Edited = field(default_factory=Edited)
    imported: int = 0
    words: dict[str, str] = field(default_factory=lambda: dict(section("words")))

    async def everything(self) -> dict[tuple[int, int], tuple[str, Paper, list[dict]]]:
        found = {}
        async with self.store.reading() as tx:
            for review in range(1, 30):
                for version in (1, 2):
                    kept = await kept_paper(tx, review, version, 0)
                    if kept:
                        mark = (await tx.documents.mark(review, version)).fingerprint
                        found[review, version] = (mark, kept.paper, await contents(tx, review, version))
        return found

    async def happens(self, what: str, *about: Any) -> None:
        match what:
            case "rulebook":
                self.books.how ^= {about[0]}
            case "words":
                self.words[about[0]] = "KHÁC " + section("words")[about[0]]
            case "edition":
                await open_campaign(self.store, shelf(), ["decree-90-2020"], about[0], self.roster, self.clock())
            case "restart":
                await self.store.close()
                self.store = await Store.open(self.url)
            case "freeze":
                await freeze(self.store, self.books, self.clock)
            case "key" | "place":
                await self.kept(what, *about)
            case _:
                await self.imports(changed_roster(self.roster, what, *about))

    async def kept(self, what: str, *about: Any) -> None:
        async with self.store.transaction() as tx:
            office = await tx.units.office(OFFICE)
            if what == "place":
                await tx.units.set(office, "place", about[0])
            elif person := await tx.people.by_roster_key(office, about[0]):
                await tx.people.rename_roster_key(person.id, about[1])
                await tx.people.rename_roster_key(person.id, about[0])
            await tx.commit()

    async def imports(self, roster: Roster) -> None:
        self.clock.forward(minutes=1)
        try:
            seen = await preview(self.store, roster, self.clock())
            await import_roster(self.store, shelf(), roster, seen, self.clock())
        except TusoiError:
            return  # a roster that is refused changes nothing
        self.imported += roster != self.roster
        self.roster = roster


def changed_roster(roster: Roster, what: str, *about: Any) -> Roster:
    """The roster as a clerk would hand it in next."""
    people = {one.key: one for one in roster.people}
    units = roster.units
    match what:
        case "person" if about[0] in people:
            people[about[0]] = replace(people[about[0]], **{about[1]: about[2]})
        case "moves" if about[0] in people:
            people[about[0]] = replace(people[about[0]], unit=units[about[1]].name)
        case "leaves":
            people.pop(about[0], None)
        case "comes back":
            back = next(one for one in DEMO_ROSTER.people if one.key == about[0])
            unit = back.unit if back.unit in {one.name for one in units} else units[1].name
            people.setdefault(back.key, replace(back, unit=unit))
        case "unit":
            old = units[1].name
            units = tuple(replace(one, name=about[0]) if one.name == old else one for one in units)
            people = {key: replace(one, unit=about[0]) if one.unit == old else one for key, one in people.items()}
        case "above":
            units = (replace(units[0], above=about[0]), *units[1:])
    return replace(roster, units=units, people=tuple(people.values()))


@pytest.mark.long
def test_every_version_ever_sent_reads_as_it_was_sent(database_url: str) -> None:
    with asyncio.Runner() as loop:
        later = loop.run(begun(database_url))
        original = dict(section("words"))
        changed = set()

        @settings(max_examples=500, suppress_health_check=list(HealthCheck))
        @given(changes=st.lists(CHANGES, min_size=1, max_size=4))
        def whatever_comes(changes: list[tuple]) -> None:
            for change in changes:
                loop.run(later.happens(*change))
                changed.add(change[0])
            words = section("words")
            try:
                words.update(later.words)
                assert loop.run(later.everything()) == later.first
            finally:
                words.update(original)

        try:
            whatever_comes()
            assert len(changed) == 13, "everything happened"
            assert later.imported > 30
            loop.run(the_files_say_the_same(later))
        finally:
            loop.run(later.store.close())


async def begun(url: str) -> LaterOn:
    store = await Store.open(url)
    stage = await played(store)
    later = LaterOn(url, store, stage.clock)
    later.first = await later.everything()
    assert len(later.first) == 4
    for mark, _, (document, *_) in later.first.values():
        assert mark == hashlib.sha256(canonical(document)).hexdigest()
    return later


async def the_files_say_the_same(later: LaterOn) -> None:
    """A sample, to the byte; and whoever sent it is shown just that."""
    (review, version), (_, paper, (document, *_)) = next(iter(later.first.items()))
    async with later.store.reading() as tx:
        kept = await kept_paper(tx, review, version, 0)
        wanted = Papers(review, version, ("docx", "pdf"))
        shown = await to_print(tx, later.books, document["person"]["id"], wanted, later.clock())
    assert files(kept, ("docx", "pdf", "pages")) == files(replace(kept, paper=paper), ("docx", "pdf", "pages"))
    assert shown == kept
