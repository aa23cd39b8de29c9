"""Rounds as they are kept, on both engines."""

import datetime as dt
import hashlib

import pytest
from sqlalchemy.exc import DBAPIError

from rules.nouns.rounds import Answer, Asked, Ended, Naming, Piece, Round, Settled, mark
from rules.nouns.sheets import SheetPaper
from storage import Store
from storage.tables import ROUND_ANSWER
from tests.storage.house import AT

DAY = dt.date(2020, 12, 1)


async def begin(store: Store, office, naming: Naming) -> int:
    pieces = (Piece("I. Ưu điểm", "Làm tốt"), Piece("II. Hạn chế", "Còn chậm", changed=True))
    common = {"by": office.head, "by_name": "Lê Văn Trưởng", "owner": office.an, "at": AT}
    async with store.transaction() as tx:
        id_ = await tx.units.office_of(office.an)
        begun = Round(
            0, "", f"r{office.review}", "Bản kiểm điểm", pieces, "f" * 64, naming, DAY, **common, review=office.review
        )
        made = await tx.rounds.begin(id_, begun, [Asked(0, office.head, "Trưởng", "Trưởng phòng", "Phòng A")])
        await tx.commit()
    return made


async def test_what_went_round_is_read_as_it_was(store, office):
    id_ = await begin(store, office, Naming.NAMED)
    async with store.transaction() as tx:
        await tx.rounds.answer(Answer(0, id_, office.head, AT, agrees=False, comments={1: "Thiếu số liệu", 0: "=1+1"}))
        await tx.rounds.answer(Answer(0, id_, office.head, AT, agrees=True, comments={1: "Đủ rồi"}))
        done = Settled(
            id_, office.head, 1, mark("Đủ rồi"), taken=False, reason="Đã có", by=office.an, by_name="An", at=AT
        )
        await tx.rounds.settle(done)
        await tx.commit()
    async with store.reading() as tx:
        talk = await tx.rounds.talk(id_)
        assert [one.comments for one in await tx.rounds.history(id_)] == [
            {0: "=1+1", 1: "Thiếu số liệu"},
            {1: "Đủ rồi"},
        ]
        assert [one.id for one in await tx.rounds.running()] == [id_]
    assert [piece.changed for piece in talk.round.pieces] == [False, True]
    assert (talk.answered, talk.agreeing, [one.text for one in talk.comments]) == (1, 1, ["Đủ rồi"])
    assert talk.comments[0].settled == done


async def test_a_comment_changed_since_is_open_again(store, office):
    id_ = await begin(store, office, Naming.NAMED)
    async with store.transaction() as tx:
        await tx.rounds.answer(Answer(0, id_, office.head, AT, agrees=False, comments={0: "một"}))
        await tx.rounds.settle(
            Settled(id_, office.head, 0, mark("một"), taken=True, reason="", by=office.an, by_name="An", at=AT)
        )
        await tx.rounds.answer(Answer(0, id_, office.head, AT, agrees=False, comments={0: "hai"}))
        await tx.commit()
    async with store.reading() as tx:
        talk = await tx.rounds.talk(id_)
    assert talk.comments[0].settled is None


async def test_without_names_one_answer_each_and_too_few_are_never_read(store, office):
    id_ = await begin(store, office, Naming.UNNAMED)
    async with store.transaction() as tx:
        assert await tx.rounds.put_in(id_, office.head, "kín")
        assert not await tx.rounds.put_in(id_, office.head, "lần hai")
        assert not await tx.rounds.put_in(id_, office.an, "không được hỏi")
        assert await tx.rounds.end(id_, Ended.DAY, "", AT)
        assert not await tx.rounds.end(id_, Ended.DAY, "", AT)
        await tx.commit()
    async with store.reading() as tx:
        talk = await tx.rounds.talk(id_)
    assert (talk.voices, talk.answered, talk.round.ended) == ((), 1, Ended.DAY)


async def test_what_was_said_is_not_changed_behind_it(store, office):
    id_ = await begin(store, office, Naming.NAMED)
    async with store.transaction() as tx:
        await tx.rounds.answer(Answer(0, id_, office.head, AT, agrees=True, comments={}))
        await tx.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.transaction() as tx:
            await tx.connection.execute(ROUND_ANSWER.update().values(agrees=False))


async def test_a_paper_is_found_by_the_digits_at_its_foot_also_when_it_counts_no_more(store, office):
    id_ = await begin(store, office, Naming.NAMED)
    async with store.transaction() as tx:
        for content in (b"one", b"two"):
            kept = SheetPaper(0, id_, office.head, "mau", "", None, "", content, office.head, "Trưởng", AT)
            await tx.sheets.keep(kept)
        await tx.commit()
    first, second = (hashlib.sha256(content).hexdigest() for content in (b"one", b"two"))
    async with store.reading() as tx:
        for mark_, content in ((first, b"one"), (first[:16], b"one"), (second, b"two")):
            assert [one.content for one in await tx.sheets.called(mark_)] == [content]
        assert await tx.sheets.called("0" * 64) == []
        assert [one.fingerprint for one in await tx.sheets.papers([id_])] == [second]
