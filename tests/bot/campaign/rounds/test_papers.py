"""A sheet that is to be signed carries a code, and is checked by it and by its file as every paper is."""

from dataclasses import replace

import pytest
from aiohttp import ClientSession

from bot.commands.papers.verify import _worded as worded
from bot.delivery.seam import NoJobs
from bot.documents.extracting import Taken, read_paper
from bot.documents.printing import files
from bot.documents.sheets import printable
from bot.documents.verifying import Held, carried, judged, standing_of, under
from bot.door.links import Links
from bot.door.verdicts import SheetTold, Standing, Verdict
from bot.turn.checking import checked
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from rules.nouns.sheets import SheetPaper
from tests.bot.campaign.rounds.test_sheets import district, sends
from tests.bot.campaign.rounds.told import Told
from tests.bot.documents.test_verifying import with_word
from tests.bot.web.test_checking import ALTERED, GENUINE, RIGHT, hand
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url, tmp_path):
    """The peers of a head were asked for points; two of them gave some."""
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    talk = Told(played)
    await sends(talk, "head", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    for who in ("d1", "d2"):
        await talk.hears(who)
        await talk.presses(who, "Mở phiếu", silently=True)
        await talk.says(who, "85,5", silently=True)
    yield played
    await played.ends()


async def paper_of(play: Play, who: str, sheet: int = 1) -> SheetPaper:
    """Their newest."""
    async with play.store.reading() as tx:
        return next(one for one in await tx.sheets.papers([sheet]) if one.person == play.ids[who])


async def here(content: bytes) -> Taken:
    return read_paper(content)


async def verdict_on(play: Play, content: bytes) -> Verdict:
    async with play.store.reading() as tx:
        known = await carried(tx, read_paper(content))
    return (await judged(known, read_paper(content), here))[0]


async def held(play: Play, mark: str) -> list[Held]:
    async with play.store.reading() as tx:
        return await under(tx, mark)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
async def test_a_sheet_is_checked_by_its_file(play, kind):
    first = await paper_of(play, "d1")
    (file,) = files(printable(first), (kind,))
    short = " ".join(first.fingerprint[at : at + 4] for at in range(0, 16, 4))
    assert all(short in " ".join(page.split()) for page in read_paper(file.content).pages if kind == "pdf")
    found = await verdict_on(play, file.content)
    assert (found.standing, found.differences, found.beside) == (Standing.GENUINE, (), ())
    assert isinstance(found.told, SheetTold)
    assert (found.told.name, found.told.by) == (play.cast.name("head"), play.cast.name("d1"))

    about, by = play.cast.name("head"), play.cast.name("d1")
    told = (
        f"Đúng bản gốc: Mẫu số 06 về {about} (ST-003, Ban Tuyên giáo): phiếu của {by}, ghi lúc 08:30 ngày 07/12/2020."
    )
    assert worded(found, is_file=True) == told

    (forged,) = files(replace(printable(first), paper=with_word(printable(first).paper, "85,5", "95,5")), (kind,))
    false = await verdict_on(play, forged.content)
    assert false.standing is Standing.ALTERED
    assert [(one.before, one.after) for one in false.differences] == [("85,5", "95,5")]


async def test_one_that_was_written_anew_or_sent_anew_counts_no_more(play):
    talk, first = Told(play), await paper_of(play, "d1")
    await talk.says("d1", "86", silently=True)
    second = await paper_of(play, "d1")
    assert standing_of(await held(play, first.fingerprint)) is Standing.REPLACED
    assert standing_of(await held(play, second.fingerprint[:16])) is Standing.GENUINE
    (file,) = files(printable(first), ("pdf",))
    replaced = await verdict_on(play, file.content)
    assert replaced.standing is Standing.REPLACED
    assert isinstance(replaced.told, SheetTold)
    assert not replaced.told.counts
    assert "Phiếu này không còn được tính" in worded(replaced, is_file=True)
    await sends(talk, "head", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    assert standing_of(await held(play, second.fingerprint)) is Standing.REPLACED


async def test_whose_it_is_is_told_to_who_may_read_it_and_to_nobody_else(play):
    mark = (await paper_of(play, "d1")).fingerprint

    async def seen(*keys: str) -> Verdict:
        return await checked(play.store, None, mark, [play.ids[key] for key in keys], play.clock())

    for key in ("desk", "desk_head", "d1"):
        assert isinstance((await seen(key)).told, SheetTold), key
    for keys in ((), ("head",), ("d2",), ("p1",), ("vice",)):
        assert await seen(*keys) == Verdict(Standing.GENUINE), keys


async def test_who_is_of_the_desk_learns_nothing_of_a_sheet_about_themself(play):
    talk = Told(play)
    await sends(talk, "desk_head", "Cấp trên trực tiếp", "Cấp trên trực tiếp (")
    await talk.hears("chief")
    await talk.presses("chief", "Mở phiếu", silently=True)
    await talk.says("chief", "77", silently=True)
    mark = (await paper_of(play, "chief", 2)).fingerprint
    told = [
        (await checked(play.store, here, mark, [play.ids[key]], play.clock())).told for key in ("desk", "desk_head")
    ]
    assert [one is None for one in told] == [False, True]


async def test_a_stranger_learns_of_a_sheet_how_it_stands_and_no_more(play):
    """Neither whom it is about, nor who filled it, nor what they gave; also of a forged one, not where it differs."""
    kept = await paper_of(play, "d1")
    (genuine,) = files(printable(kept), ("docx",))
    (forged,) = files(replace(printable(kept), paper=with_word(printable(kept).paper, "85,5", "95,5")), ("docx",))
    house = House(play.store, play.house.books, NoJobs(), Loader(Links(), "vi"), play.clock)
    async with site(web_app(house), "127.0.0.1", 0) as address, ClientSession() as stranger:
        pages = [await (await stranger.get(f"{address}/v/{kept.fingerprint}")).text()]
        pages += [await (await hand(stranger, address, file.content)).text() for file in (genuine, forged)]
    assert [head for head, page in zip((RIGHT, GENUINE, ALTERED), pages, strict=True) if head not in page] == []
    names = [play.cast.name(key) for key in ("head", "d1", "desk")]
    for page in pages:
        assert not [one for one in (*names, "85,5", "95,5", "Mẫu số", "Ban Tuyên giáo", "phiếu của") if one in page]


async def test_one_that_was_changed_besides_the_program_is_no_original(play):
    (known,) = await held(play, (await paper_of(play, "d1")).fingerprint)
    changed = replace(known, paper=replace(known.paper, content=known.paper.content.replace(b"85.5", b"95.5")))
    assert (standing_of([known]), standing_of([changed])) == (Standing.GENUINE, Standing.ALTERED)


async def test_one_from_before_sheets_had_codes_is_printed_as_it_was_signed(play):
    kept = await paper_of(play, "d1")
    before = replace(kept, content=kept.content.replace("Mã nội dung {short}".encode(), b""))
    assert before.content != kept.content
    assert printable(before).paper.fingerprint == ""
    assert printable(before).paper.footer[1] == ""
