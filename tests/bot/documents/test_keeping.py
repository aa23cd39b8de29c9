"""What is sent, agreed to and decided is kept when it happens, with who acted as they were then."""

import hashlib
import json
import zlib
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from bot.documents.content import canonical
from bot.documents.keeping import Keeper
from rules.nouns.reviews import Decision, Outcome
from rules.nouns.rulings import Opinion, OpinionKind
from storage.tables import ACT, DOCUMENT
from tests.bot.documents.office import contents, played, review_of
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, shelf, staged


@pytest.fixture
async def stage(store):
    return await played(store)


async def test_every_version_and_act_is_one_value_whose_fingerprint_is_over_its_own_bytes(stage) -> None:
    for row in await stage.rows("document"):
        content = zlib.decompress(row["content"])
        assert row["fingerprint"] == hashlib.sha256(content).hexdigest()
        assert canonical(json.loads(content)) == content
    assert (await stage.count("document"), await stage.count("draft")) == (4, 4)
    assert sorted(row["kind"] for row in await stage.rows("act")) == ["acknowledged", "approved", "ruled"]


async def test_who_sent_and_who_acted_stand_there_as_they_were_then(stage) -> None:
    review = await review_of(stage, EMPLOYEE)
    async with stage.store.transaction() as tx:
        for key in (EMPLOYEE, HEAD, CHIEF):
            person = await tx.people.get(await stage.person(key))
            await tx.people.update(replace(person, name="Người Khác", position="Việc khác"))
            await tx.people.rename_roster_key(person.id, f"{key}-moi")
        await tx.commit()
    async with stage.store.reading() as tx:
        document, approved, ruled, noticed = await contents(tx, review, 1)
        mark = (await tx.documents.mark(review, 1)).fingerprint
    staff = "Phòng Hành chính – Tổ chức"
    mai = {"key": EMPLOYEE, "name": "Trần Thị Hoa Mai", "position": "Chuyên viên", "unit": staff}
    assert {name: document["person"][name] for name in mai} == mai
    assert approved["by"] == {"key": HEAD, "name": "Nguyễn Bình Nguyên", "position": "Trưởng phòng", "unit": staff}
    assert (ruled["by"]["key"], ruled["by"]["name"], ruled["by"]["position"]) == (
        CHIEF,
        "Hoàng Sơn Lâm",
        "Chánh Văn phòng",
    )
    assert (noticed["act"], noticed["by"]) == ("acknowledged", mai)
    assert [one["fingerprint"] for one in (approved, ruled, noticed)] == [mark] * 3
    assert approved["at"] == "2020-11-23T08:30:00+07:00"
    assert document["rulebook"]["id"] == "quang-ngai-office-2020"
    assert document["suggestions"]["self_rating"]["findings"]


async def test_whoever_agrees_is_on_record_with_the_fingerprint_of_the_document(stage) -> None:
    review = await review_of(stage, EMPLOYEE)
    async with stage.store.reading() as tx:
        mark = (await tx.documents.mark(review, 1)).fingerprint
    said = [
        json.loads(row["detail"]) if isinstance(row["detail"], str) else row["detail"]
        for row in await stage.rows("audit", what="fingerprint approved")
    ]
    assert {"fingerprint": mark} in said


async def test_a_returned_version_keeps_its_own_document(stage) -> None:
    review = await review_of(stage, COLLEAGUE)
    async with stage.store.reading() as tx:
        first, second = [await tx.documents.of_version(review, version) for version in (1, 2)]
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize("table", [DOCUMENT, ACT])
async def test_what_is_kept_cannot_be_changed(stage, table) -> None:
    for statement in (table.update().values(content=b""), table.delete()):
        with pytest.raises(DBAPIError, match="append-only"):
            async with stage.store.transaction() as tx:
                await tx.connection.execute(statement)


async def test_an_opinion_given_before_anything_is_sent_is_kept_with_who_gave_it(store) -> None:
    stage = await staged(store)
    review, head = await review_of(stage, EMPLOYEE), await stage.person(HEAD)
    asked = Opinion(0, review, OpinionKind.OLD_UNIT, "Sở Nội vụ", head, stage.clock())
    async with store.transaction() as tx:
        opinion = await tx.opinions.ask(asked)
        await tx.opinions.give(opinion, "Chấp hành tốt.", head, "Nguyễn Bình Nguyên", stage.clock())
        (given,) = await tx.opinions.about([review])
        await Keeper(tx, shelf(), stage.clock()).opinion(await tx.reviews.get(review), given)
        await tx.people.update(replace(await tx.people.get(head), name="Người Khác"))
        await tx.commit()
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    async with store.reading() as tx:
        _, kept = await contents(tx, review, 1)
        assert not await tx.documents.to_freeze(0, 10)
    assert (kept["by"]["name"], kept["by"]["position"]) == ("Nguyễn Bình Nguyên", "Trưởng phòng")
    assert (kept["act"], kept["role"], kept["of"], kept["version"], kept["fingerprint"]) == (
        "opinion",
        "old_unit",
        "Sở Nội vụ",
        0,
        "",
    )


async def test_a_stand_in_agrees_for_somebody_and_both_are_named(stage) -> None:
    review = await review_of(stage, COLLEAGUE)
    chief, head = await stage.person(CHIEF), await stage.person(HEAD)
    agreed = Decision(2, Outcome.APPROVED, chief, "Hoàng Sơn Lâm", "Chánh Văn phòng", stage.clock(), for_whom=head)
    async with stage.store.transaction() as tx:
        await tx.reviews.decide(review, agreed)
        await Keeper(tx, shelf(), stage.clock()).approved(await tx.reviews.get(review), agreed)
        await tx.commit()
    async with stage.store.reading() as tx:
        _, kept = await contents(tx, review, 2)
    assert (kept["by"]["key"], kept["for"]["key"], kept["for"]["name"]) == (CHIEF, HEAD, "Nguyễn Bình Nguyên")
