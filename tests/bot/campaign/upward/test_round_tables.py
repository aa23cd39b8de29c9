"""The table of a round in what was sent up: its hash names all that the table says, so what is said or taken up since is not handed out for it."""

from dataclasses import replace

import pytest

from bot.campaign.upward.packing import of_round
from rules.nouns.rounds import Talk
from storage.transaction import Transaction
from tests.bot.campaign.rounds.test_rounds import closes, ethnic
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, ethnic(), "13/11/2023 08:30")
    await played.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    yield played
    await played.ends()


async def talk_of(tx: Transaction) -> Talk:
    (one,) = await tx.rounds.of_office(1)
    found = await tx.rounds.talk(one.id)
    assert found
    return found


async def mark(play: Play) -> str:
    async with play.store.reading() as tx:
        return await of_round(tx, await talk_of(tx))


async def test_an_answer_and_what_becomes_of_it_change_the_hash(play):
    talk = Told(play)
    await (await play.phone("p1")).hands_in_all(1)
    await talk.says("p1", "/gopy", silently=True)
    await talk.presses("p1", "Gửi lấy ý kiến", silently=True)
    await talk.presses("p1", (await play.phone("p1")).labels.splitlines()[0], silently=True)
    for what in ("Đơn vị tôi", "17/11", "Gửi 6 người"):
        await (talk.says if "/" in what else talk.presses)("p1", what, silently=True)
    marks = [await mark(play)]
    await talk.hears("p3")
    await talk.presses("p3", "Xem và góp ý", silently=True)
    await talk.presses("p3", "Góp ý: ", silently=True)
    await talk.says("p3", "Nên nêu rõ số liệu và nguồn", silently=True)
    marks.append(await mark(play))
    play.on("18/11/2023 08:30")
    assert await closes(play) == 1
    marks.append(await mark(play))
    assert marks[-1] == await mark(play), "nothing was said in between"
    await talk.says("p1", "/gopy", silently=True)
    await talk.presses("p1", "– 1/6", silently=True)
    await talk.presses("p1", "1. Tiếp thu", silently=True)
    marks.append(await mark(play))
    assert len({*marks}) == 4, "an answer, the end, and that it was taken up"
    async with play.store.reading() as tx:
        said = await talk_of(tx)
        other = replace(said, asked=tuple(replace(one, left=True) for one in said.asked))
        assert await of_round(tx, other) != marks[-1]
