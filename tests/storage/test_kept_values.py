"""What goes in comes out, on both engines alike."""

import datetime as dt

import pytest

from rules.nouns.reviews import Answer
from storage.columns import dumps, keepable
from tests.storage.house import AT, HANOI

NOT_KEEPABLE = "trước\x00sau \ud83d hết"
KEPT = "trước\ufffdsau \ufffd hết"


async def test_what_no_engine_can_keep_costs_no_transaction(store, office):
    async with store.transaction() as tx:
        said = {"said": NOT_KEEPABLE, NOT_KEEPABLE: [NOT_KEEPABLE, 1, None]}
        await tx.turns.keep(office.an, "web", NOT_KEEPABLE, "u1", said, [NOT_KEEPABLE], AT)
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("x", NOT_KEEPABLE), office.an, AT)
        await tx.commit()
    async with store.reading() as tx:
        (turn,) = await tx.turns.history(office.an)
        review = await tx.reviews.get(office.review)
    assert turn.said == {"said": KEPT, KEPT: [KEPT, 1, None]}
    assert turn.replies == [KEPT]
    assert review.answers["cau_1"].note == KEPT


TYPED = {
    "letters": "Nguyễn Thị Ưu Ái",
    "beyond the basic plane": "👩🏽‍⚖️ 𝔤",
    "markup": "{{ 7*7 }} {% x %} #eval <b>'\";--",
    "what looks escaped": "\\u0000 \\x00",
    "control characters": "a\tb\r\nc\u202e",
    "long": "x" * 100_000,
}


async def test_text_is_kept_as_typed(store, office):
    async with store.transaction() as tx:
        for question, text in TYPED.items():
            await tx.reviews.keep_answer(office.review, question, Answer([text], text), office.an, AT)
        await tx.commit()
    async with store.reading() as tx:
        answers = (await tx.reviews.get(office.review)).answers
    assert answers == {question: Answer([text], text) for question, text in TYPED.items()}


async def test_a_value_keeps_its_kind_and_order(store, office):
    values = [0, 1, 1.0, 1e16, 0.1, -0.0, True, False, "", [], {}, {"b": 1, "a": [None]}]
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer(values), office.an, AT)
        await tx.commit()
    async with store.reading() as tx:
        kept = (await tx.reviews.get(office.review)).answers["cau_1"].value
    assert repr(kept) == repr(values)


async def test_a_moment_is_the_same_moment_in_utc(store, office):
    evening = dt.datetime(2026, 12, 31, 23, 59, 59, 123456, tzinfo=HANOI)
    async with store.transaction() as tx:
        await tx.turns.keep(office.an, "web", "phone", "u1", None, [], evening)
        (turn,) = await tx.turns.history(office.an)
    assert turn.at == dt.datetime(2026, 12, 31, 16, 59, 59, 123456, tzinfo=dt.UTC)
    assert turn.at.tzinfo is dt.UTC


async def test_a_moment_without_zone_is_refused(store, office):
    async with store.transaction() as tx:
        with pytest.raises(Exception, match="a moment needs its zone"):
            await tx.turns.keep(office.an, "web", "phone", "u1", None, [], AT.replace(tzinfo=None))


async def test_the_history_is_the_newest_oldest_first(store, office):
    async with store.transaction() as tx:
        ids = [await tx.turns.keep(office.an, "web", "phone", f"u{n}", {"n": n}, [], AT) for n in range(5)]
        await tx.turns.keep(office.head, "web", "other", "u9", {"n": 9}, [], AT)
        newest = await tx.turns.history(office.an, limit=3)
        after = await tx.turns.history(office.an, after=ids[3])
    assert [turn.said for turn in newest] == [{"n": 2}, {"n": 3}, {"n": 4}]
    assert [turn.said for turn in after] == [{"n": 4}]


async def test_the_audit_tells_who_did_what_when(store, office):
    async with store.transaction() as tx:
        await tx.audit.record(office.head, "approved", AT, review_id=office.review, detail={"version": 1})
        await tx.audit.record("system", "reminded", AT, person_id=office.an)
        await tx.audit.record("telegram:13", "wrong code", AT)
        (approved,) = await tx.audit.of_review(office.review)
        (reminded,) = await tx.audit.of_person(office.an)
    assert (approved.by_person, approved.by, approved.what) == (office.head, "person", "approved")
    assert (approved.at, approved.detail) == (AT, {"version": 1})
    assert (reminded.by_person, reminded.by, reminded.what) == (None, "system", "reminded")


def test_plain_text_is_not_touched():
    assert keepable("Lề lối làm việc") == "Lề lối làm việc"
    assert dumps({"chữ": ["\\u0000", "ạ"]}) == '{"chữ":["\\\\u0000","ạ"]}'


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"pct": float("nan")})
