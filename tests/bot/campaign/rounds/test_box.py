"""What is said without names is tied to nobody: two worlds in which people swapped what they say are the same to whoever holds the database
after every answer, and its file holds no word of it.
"""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Pressed, Said
from rules.nouns.rounds import BOXED_BYTES, MAX_CHARS, fits
from storage.code_key import CodeKey
from storage.repositories.rounds import BoxLost
from storage.tables import METADATA, ROUND_BOX, ROUND_VOICE
from tests.bot.campaign.rounds.test_rounds import closes, district
from tests.bot.campaign.rounds.told import copied
from tests.campaigns.stage import Play

PEOPLE = ("p1", "p2", "p3", "p4", "p5", "p6")
TEXTS = (
    "Quan tâm cấp dưới, giao việc rõ ràng kín-8801",
    "=1+1 kín-8802",
    "kín-8803 <b>Gương mẫu</b>",
    "",
    "Họp quá nhiều kín-8804 " * 40,
    'kín-8805\n"Nên" lắng nghe \\ hơn 👍🏽',
)


@pytest.fixture
async def begun(sqlite_url, tmp_path):
    """Six people asked without names."""
    play = await Play.begin(sqlite_url, district(6), "07/12/2020 08:30")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    desk = await play.phone("desk")
    review = (await play.standings("head"))[0].review
    token = f"s{review}"
    await desk.does(Pressed(Button("round_to", 0, (token, "below"))))
    await desk.says("18/12")
    await desk.taps("round_send")
    for who in PEOPLE:
        await play.phone(who)
    yield play
    await play.ends()


async def whole(play: Play, *, but: tuple[str, ...] = ("content",)) -> Mapping[str, Any]:
    """Every row of every table; of the box only how much it holds."""
    found: dict[str, Any] = {}
    async with play.store.reading() as tx:
        for table in METADATA.sorted_tables:
            rows = (await tx.connection.execute(sa.select(table))).mappings().all()
            found[table.name] = [dict(row) for row in rows]
    for row in found["round_box"]:
        row["content"] = len(row["content"])
    return found


def files(play: Play) -> bytes:
    """The database with its log as they lie on the disk."""
    file = Path(play.url.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))


async def says(play: Play, who: str, text: str, *, message: str = "") -> None:
    """Somebody answers: with a text, or by agreeing; a text is also edited afterwards."""
    phone = await play.phone(who)
    play.clock.forward(seconds=30)
    await phone.does(Pressed(Button("round_box", 0, ("1",))))
    await phone.does(Said(text or "Nhất trí", message=message))


async def answered(play: Play, folder: Path, said: list[tuple[str, str]]) -> list[Mapping[str, Any]]:
    """The whole database after every answer, and after the box was opened."""
    branch = await copied(play, folder)
    seen = []
    for number, (who, text) in enumerate(said):
        await says(branch, who, text, message=f"m{number}")
        phone = await branch.phone(who)
        await phone.does(Edited(f"{text} sửa lại", f"m{number}"))
        seen.append(await whole(branch))
        on_disk = files(branch)
        for one in TEXTS:
            if one:
                assert one[:20].encode() not in on_disk
        assert b"k\xc3\xadn-88" not in on_disk
        assert b"k\\u00edn-88" not in on_disk
    branch.on("19/12/2020 08:30")
    await closes(branch)
    seen.append(await whole(branch))
    await branch.ends()
    return seen


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_says_what_the_database_is_the_same(begun, tmp_path, seed):
    order, texts = [*PEOPLE], [*TEXTS]
    chance = random.Random(seed)
    chance.shuffle(order)
    worlds = []
    for number in range(2):
        chance.shuffle(texts)
        worlds.append(await answered(begun, tmp_path / str(number), [*zip(order, texts, strict=True)]))
    for one, other in zip(*worlds, strict=True):
        assert one == other
    voices = [row["text"] for row in worlds[0][-1]["round_voice"]]
    assert voices == sorted(voices)
    assert len(voices) == len(TEXTS)
    assert not worlds[0][-1]["round_box"]
    assert {row["content"] for world in worlds[0][:-1] for row in world["round_box"]} == {
        len(CodeKey.fresh().lock_box(b" " * BOXED_BYTES * len(PEOPLE)))
    }


async def test_who_only_agrees_is_not_known_from_who_writes(begun, tmp_path):
    """Of a draft, not a sheet about somebody: the conversation keeps the same of who presses “Nhất trí” and of who writes, also of a second press."""
    worlds = []
    for number in range(2):
        branch = await copied(begun, tmp_path / str(number))
        async with branch.store.transaction() as tx:
            await tx.connection.execute(sa.text("UPDATE round SET token = 'r1'"))
            await tx.commit()
        for who in PEOPLE[:2]:
            phone = await branch.phone(who)
            await phone.does(Pressed(Button("round_read", 0, ("1",))))
        for place, who in enumerate(PEOPLE[:2]):
            phone = await branch.phone(who)
            if place == number:
                await agrees(branch, who)
                await phone.does(Pressed(Button("round_nod", 0, ("1",))))
            else:
                await says(branch, who, "Giao việc rõ hơn kín-8801", message="m1")
                await phone.does(Pressed(Button("round_box", 0, ("1",))))
            assert "không sửa được" in phone.text
        found = await whole(branch)
        worlds.append([(row["person_id"], row["said"], row["replies"]) for row in found["turn"]])
        await branch.ends()
    assert worlds[0] == worlds[1]


async def agrees(play: Play, who: str) -> None:
    """Somebody who agrees, by the button beside the place where others write."""
    phone = await play.phone(who)
    play.clock.forward(seconds=30)
    await phone.does(Pressed(Button("round_box", 0, ("1",))))
    await phone.taps("round_nod")
    assert "đã vào hộp" in phone.text


async def test_the_same_look_finds_what_a_name_would_leak(begun, tmp_path):
    """With names two worlds differ: the comparison sees what there is to see."""
    seen = []
    for number, texts in enumerate((("một", "hai"), ("hai", "một"))):
        branch = await copied(begun, tmp_path / str(number))
        async with branch.store.transaction() as tx:
            await tx.connection.execute(sa.text("UPDATE round SET naming = 'named'"))
            await tx.commit()
        for who, text in zip(PEOPLE, texts, strict=False):
            phone = await branch.phone(who)
            await phone.does(Pressed(Button("round_say", 0, ("1", "0"))))
            await phone.says(text)
        seen.append(await whole(branch))
        await branch.ends()
    assert seen[0] != seen[1]


async def test_with_too_few_answers_nothing_is_ever_read(begun):
    for who, text in zip(PEOPLE[:4], TEXTS, strict=False):
        await says(begun, who, text)
    begun.on("19/12/2020 08:30")
    await closes(begun)
    async with begun.store.reading() as tx:
        for table in (ROUND_VOICE, ROUND_BOX):
            assert not (await tx.connection.execute(sa.select(table))).all()
    desk = await begun.phone("desk")
    await desk.does(Pressed(Button("round_card", 0, ("1",))))
    assert "không được mở" in desk.text


async def test_a_box_of_another_key_takes_nothing_and_says_so(begun):
    async with begun.store.transaction() as tx:
        await tx.connection.execute(ROUND_BOX.update().values(content=CodeKey.fresh().lock_box(b"[]")))
        await tx.commit()
    phone = await begun.phone("p1")
    await says(begun, "p1", "kín-8801")
    assert "không mở được" in phone.text
    async with begun.store.transaction() as tx:
        with pytest.raises(BoxLost):
            await tx.rounds.put_in(1, begun.ids["p1"], "kín-8801")


async def test_a_text_cut_into_pieces_is_refused_whole(begun):
    phone = await begun.phone("p1")
    await phone.does(Pressed(Button("round_box", 0, ("1",))))
    at = begun.clock()
    await phone.does(Said("ă" * 4096, at=at, seam=""))
    await phone.does(Said("phần cuối kín-8801", at=at))
    assert "viết gọn lại" in phone.text
    async with begun.store.reading() as tx:
        talk = await tx.rounds.talk(1)
    assert talk is not None
    assert talk.answered == 0
    assert b"k\xc3\xadn-88" not in files(begun)


async def test_two_phones_answer_once(begun):
    await says(begun, "p1", "một")
    phone = await begun.phone("p1")
    await phone.does(Pressed(Button("round_nod", 0, ("1",))))
    assert "không sửa được" in phone.text


def test_the_longest_comment_fits_its_place():
    assert fits("ỗ" * MAX_CHARS)
    assert not fits("👍" * MAX_CHARS)
    assert not fits("a" * (MAX_CHARS + 1))
