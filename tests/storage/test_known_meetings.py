"""A meeting is told as it stands, whatever was known of it before: by this store, by another program, by what came to nothing."""

import asyncio
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from rules.meeting.course.whole import meeting_of
from rules.meeting.happenings import Happening, Kind, NewHappening
from rules.meeting.nouns.meeting import Meeting, Status
from storage import Store, known_meetings
from storage.known_meetings import KnownMeetings
from storage.repositories import meetings as repository
from storage.repositories.meetings import Meetings
from storage.tables import HAPPENING
from tests.storage.house import AT, Office
from tests.waiting import PATIENCE


def beginning(office: Office) -> NewHappening:
    an = {"name": "Nguyễn Thị An", "position": "Chuyên viên"}
    item = {"review": office.review, "person": office.an, "form": "f", "code": "01", "tags": []}
    agenda = [{**item, **an, "body": False, "version": 1}]
    data = {"unit": "Phòng Mẫu", "office": "Sở Mẫu", "people": [{"id": office.an, **an}], "items": agenda}
    return NewHappening(Kind.CALLED, data=data)


def said(office: Office, text: str) -> NewHappening:
    return NewHappening(Kind.COMMENT, item=office.review, text=text)


async def called(store: Store, office: Office) -> int:
    async with store.transaction() as tx:
        meeting = await tx.meetings.call(
            office.campaign, office.room, beginning(office), await tx.people.get(office.head), AT
        )
        await tx.commit()
    return meeting


async def adds(store: Store, office: Office, meeting: int, *new: NewHappening, commit: bool = True) -> Meeting:
    """What stands in this very transaction once they were added."""
    async with store.transaction() as tx:
        await tx.meetings.get(meeting)
        assert await tx.meetings.add(meeting, new, await tx.people.get(office.head), AT)
        seen = await tx.meetings.get(meeting)
        if commit:
            await tx.commit()
    assert seen is not None
    return seen


async def stands(store: Store, meeting: int) -> Meeting:
    async with store.reading() as tx:
        found = await tx.meetings.get(meeting)
    assert found is not None
    return found


async def anew(store: Store, meeting: Meeting) -> Meeting:
    """Worked out of all that is kept, by a way of its own."""
    async with store.reading() as tx:
        order = HAPPENING.c.number
        rows = await tx.connection.execute(
            sa.select(HAPPENING).where(HAPPENING.c.meeting_id == meeting.id).order_by(order)
        )
        kept = [
            Happening(
                *(row.number, Kind(row.kind), row.by, row.by_name, row.at, row.item, row.person_id, row.text, row.data)
            )
            for row in rows.all()
        ]
    return meeting_of(meeting.id, meeting.campaign, meeting.unit, kept)


def texts(meeting: Meeting) -> Sequence[str]:
    return [one.text for one in meeting.items[0].comments]


async def test_what_came_since_is_added_to_what_was_known(store, office):
    meeting = await called(store, office)
    await adds(store, office, meeting, NewHappening(Kind.OPENED), NewHappening(Kind.TURNED, item=office.review))
    for number in range(5):
        await adds(store, office, meeting, said(office, f"lần {number}"), NewHappening(Kind.CAME, person=office.an))
        found = await stands(store, meeting)
        assert found == await anew(store, found)
    assert texts(await stands(store, meeting)) == [f"lần {number}" for number in range(5)]


async def test_what_came_to_nothing_is_not_known(store, office):
    meeting = await called(store, office)
    assert texts(await adds(store, office, meeting, said(office, "bỏ"), commit=False)) == ["bỏ"]
    assert texts(await stands(store, meeting)) == []
    await adds(store, office, meeting, said(office, "giữ"))
    assert texts(await stands(store, meeting)) == ["giữ"]


async def test_half_of_what_lost_a_race_is_not_known(store, office, monkeypatch):
    """The first was added when the second met another under its number: who asks then, in the same transaction, sees the first alone."""
    meeting = await called(store, office)
    await stands(store, meeting)
    before = Meetings._once

    async def meets(self, table, unique, values):
        return None if values.get("text") == "hai" else await before(self, table, unique, values)

    monkeypatch.setattr(Meetings, "_once", meets)
    async with store.transaction() as tx:
        assert not await tx.meetings.add(
            meeting, (said(office, "một"), said(office, "hai")), await tx.people.get(office.head), AT
        )
        seen = await tx.meetings.get(meeting)
        assert seen
        assert texts(seen) == ["một"]
    known = store._meetings.of(meeting)
    assert known is not None
    assert known.meeting.last == 1
    # The same words at the same moment, after another thing: nothing of what came to nothing may be taken for it.
    await adds(store, office, meeting, said(office, "ba"))
    assert texts(await stands(store, meeting)) == ["ba"]


async def test_who_sees_an_earlier_moment_is_told_of_that_moment(store, rival, office):
    meeting = await called(store, office)
    async with store.instant() as then:
        assert await then.meetings.get(meeting)
        await adds(rival, office, meeting, said(office, "sau đó"))
        assert texts(await stands(store, meeting)) == ["sau đó"]
        for found in ((await then.meetings.some([meeting]))[0], await then.meetings.get(meeting)):
            assert found
            assert texts(found) == []
    assert texts(await stands(store, meeting)) == ["sau đó"]


async def test_two_programs_that_add_by_turns_see_the_same(store, rival, office):
    meeting = await called(store, office)
    for number in range(6):
        one, another = (store, rival) if number % 2 else (rival, store)
        await adds(one, office, meeting, said(office, f"{number}"))
        await adds(another, office, meeting, said(office, "không giữ"), commit=False)
        assert await stands(store, meeting) == await stands(rival, meeting)
    assert texts(await stands(store, meeting)) == list("012345")


async def test_who_has_the_turn_reads_once_and_anew_after_adding(store, office, monkeypatch):
    meeting = await called(store, office)
    asked: list[object] = []
    before = Meetings._rows
    monkeypatch.setattr(
        Meetings, "_rows", lambda self, query, **values: asked.append(query) or before(self, query, **values)
    )
    async with store.transaction() as tx:
        head = await tx.people.get(office.head)
        await tx.meetings.take_turns(meeting)
        assert len(asked) == 2  # the turn, and what came since, on one trip
        first = await tx.meetings.get(meeting)
        assert first is await tx.meetings.get(meeting)
        assert len(asked) == 2
        assert await tx.meetings.add(meeting, (said(office, "một"),), head, AT, first.last)
        second = await tx.meetings.get(meeting)
        assert texts(second) == ["một"]
        assert not await tx.meetings.add(meeting, (said(office, "hai"),), head, AT, first.last)
        assert await tx.meetings.add(meeting, (said(office, "hai"),), head, AT, second.last)
        assert texts(await tx.meetings.get(meeting)) == ["một", "hai"]
        await tx.commit()
    assert texts(await stands(store, meeting)) == ["một", "hai"]


async def test_who_adds_without_the_turn_is_not_written_past(store, rival, office, database_url):
    """What the one with the turn read is not what stands: they keep nothing, and are to begin anew."""
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite has one writer")
    meeting = await called(store, office)
    async with store.transaction() as tx:
        head = await tx.people.get(office.head)
        await tx.meetings.take_turns(meeting)
        assert await tx.meetings.get(meeting)
        await adds(rival, office, meeting, said(office, "xen vào"))
        assert not await tx.meetings.add(meeting, (said(office, "quá muộn"),), head, AT)
    assert texts(await stands(store, meeting)) == ["xen vào"]


async def test_a_meeting_that_is_over_is_forgotten(store, rival, office):
    meeting = await called(store, office)
    await adds(store, office, meeting, said(office, "lời riêng"))
    await stands(store, meeting)
    assert store._meetings.of(meeting)
    await adds(rival, office, meeting, NewHappening(Kind.CANCELLED))
    async with store.reading() as tx:
        (found,) = await tx.meetings.of_office(office.id)
    assert found == await anew(store, found)
    assert found.status is Status.CANCELLED
    assert store._meetings.of(meeting) is None
    assert await stands(store, meeting) == found
    assert store._meetings.of(meeting) is None


async def test_a_long_list_pushes_nothing_out(store, office, monkeypatch):
    monkeypatch.setattr(known_meetings, "MOST", 2)
    meetings = [await called(store, office) for _ in range(5)]
    await stands(store, meetings[0])
    async with store.reading() as tx:
        found = await tx.meetings.some(meetings)
    assert found == [await anew(store, each) for each in found]
    assert [one for one in meetings if store._meetings.of(one)] == meetings[:1]


async def test_what_another_program_adds_is_there(store, rival, office):
    meeting = await called(store, office)
    assert texts(await stands(store, meeting)) == []
    await adds(rival, office, meeting, said(office, "từ nơi khác"))
    assert texts(await stands(store, meeting)) == ["từ nơi khác"]


async def test_a_list_has_each_as_it_stands(store, rival, office):
    one, two = await called(store, office), await called(store, office)
    await stands(store, two)
    for _ in range(2):
        await adds(rival, office, two, said(office, "thêm"))
        async with store.reading() as tx:
            found = await tx.meetings.some([two, one])
        assert [each.id for each in found] == [two, one]
        assert found == [await anew(store, each) for each in found]


@pytest.mark.parametrize("several", [False, True])
async def test_a_database_put_back_from_a_copy_is_read_anew(store, office, several):
    """Where other things happened under numbers that were known, nothing that was known counts."""
    meeting = await called(store, office)
    await adds(store, office, meeting, said(office, "cũ"), said(office, "cũ hơn"))
    assert texts(await stands(store, meeting)) == ["cũ", "cũ hơn"]
    known = store._meetings.of(meeting)
    assert known is not None
    store._meetings.keep(known.meeting, known.last._replace(text="một lời khác"))
    async with store.reading() as tx:
        found = (await tx.meetings.some([meeting]))[0] if several else await tx.meetings.get(meeting)
    assert found == await anew(store, found)
    store._meetings.keep(known.meeting, known.last._replace(number=99))
    assert texts(await stands(store, meeting)) == ["cũ", "cũ hơn"]


async def test_only_what_is_new_is_read(store, office, monkeypatch):
    meeting = await called(store, office)
    await adds(store, office, meeting, *(said(office, f"{number}") for number in range(50)))
    await stands(store, meeting)
    read: list[int] = []
    before = repository._happening
    monkeypatch.setattr(repository, "_happening", lambda one: read.append(one.number) or before(one))
    await adds(store, office, meeting, said(office, "mới"))
    await stands(store, meeting)
    assert set(read) == {52}


async def test_no_more_are_known_than_a_few(store, office, monkeypatch):
    monkeypatch.setattr(known_meetings, "MOST", 2)
    known: KnownMeetings[int] = KnownMeetings()
    for number in range(4):
        known.keep(Meeting(number, 1, 1, "", ""), number)
    assert [number for number in range(4) if known.of(number)] == [2, 3]


async def test_who_is_reviewed_holds_up_nobody_who_comments_on_them(store, rival, office, database_url):
    """Their own reviews are locked while they wait for the meeting: who has its turn adds what is said of these, and waits for nobody."""
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite has one writer")
    meeting = await called(store, office)
    async with store.transaction() as theirs, rival.transaction() as another:
        await theirs.conversations.locked(office.an)
        assert [one.id for one in await theirs.reviews.mine(office.an)] == [office.review]
        await another.meetings.take_turns(meeting)
        waiting = asyncio.create_task(theirs.meetings.take_turns(meeting))
        async with asyncio.timeout(PATIENCE):
            head = await another.people.get(office.head)
            assert await another.meetings.add(meeting, [said(office, "kịp thời")], head, AT)
            await another.commit()
        await waiting
    assert texts(await stands(store, meeting)) == ["kịp thời"]
