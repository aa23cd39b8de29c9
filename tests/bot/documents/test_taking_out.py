"""`tusoi documents`: the papers of a campaign in folders, and one fingerprint checked."""

import docx
import pytest

from bot.campaign.campaigns import open_campaign
from bot.campaign.undoing import undo
from bot.demo.office import DEMO_ROSTER, OFFICE
from bot.documents.file_names import safe
from bot.documents.taking_out import PapersWanted, SeveralCampaigns, TakenOut, take_out, version_in_force
from rules.nouns.errors import CaseError
from templates.errors import worded
from tests.bot.commands.running import tusoi
from tests.bot.documents.office import WAITING, played, review_of
from tests.bot.playing import COLLEAGUE, EMPLOYEE, shelf, staged
from tests.refusing import refused

STAFF = "Phòng Hành chính – Tổ chức"


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


def names(folder) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


async def test_the_version_in_force_of_every_review_lies_in_the_folder_of_its_unit(stage, tmp_path) -> None:
    done = await take_out(stage.store, tmp_path / "ra", PapersWanted())
    assert done == TakenOut(papers=3, folders=1, without=await stage.count("review") - 3)
    assert names(tmp_path / "ra") == sorted(
        f"{STAFF}/{stem}.{kind}"
        for stem in (f"{EMPLOYEE}-mau-02-2020-v1-xl1", f"{COLLEAGUE}-mau-02-2020-v2", f"{WAITING}-mau-02-2020-v1")
        for kind in ("docx", "pdf")
    )
    text = "\n".join(
        one.text for one in docx.Document(tmp_path / "ra" / STAFF / f"{EMPLOYEE}-mau-02-2020-v1-xl1.docx").paragraphs
    )
    assert text.count("☑") == 2, "the person's own rating, and the decided one"
    before = {name: (tmp_path / "ra" / name).read_bytes() for name in names(tmp_path / "ra")}
    assert await take_out(stage.store, tmp_path / "ra", PapersWanted()) == done
    assert {name: (tmp_path / "ra" / name).read_bytes() for name in names(tmp_path / "ra")} == before


async def test_one_unit_or_one_person(stage, tmp_path) -> None:
    assert (await take_out(stage.store, tmp_path / "a", PapersWanted(unit="phòng hành chính - tổ chức"))).papers == 3
    assert (await take_out(stage.store, tmp_path / "b", PapersWanted(person=WAITING))).papers == 1
    with refused(CaseError, match=f"không có văn bản nào của đơn vị “Phòng Khác”; các đơn vị có văn bản: “{STAFF}”"):
        await take_out(stage.store, tmp_path / "c", PapersWanted(unit="Phòng Khác"))
    with refused(CaseError, match="của người có mã “AP-999”"):
        await take_out(stage.store, tmp_path / "c", PapersWanted(person="AP-999"))
    assert not (tmp_path / "c").exists()


async def test_a_person_is_found_by_the_key_of_then_and_of_now(stage, tmp_path) -> None:
    async with stage.store.transaction() as tx:
        await tx.people.rename_roster_key(await stage.person(EMPLOYEE), "CB-77")
        await tx.commit()
    for key in (EMPLOYEE, "CB-77"):
        await take_out(stage.store, tmp_path / key, PapersWanted(person=key))
        assert [name.split("/")[1][:6] for name in names(tmp_path / key)] == [EMPLOYEE] * 2


async def test_several_campaigns_are_listed(stage, tmp_path) -> None:
    await open_campaign(stage.store, shelf(), ["decree-90-2020"], 2021, DEMO_ROSTER, stage.clock())
    with pytest.raises(SeveralCampaigns) as told:
        await take_out(stage.store, tmp_path, PapersWanted())
    assert worded(told.value) == (
        f"có nhiều đợt đánh giá, hãy thêm --campaign MÃ; đang có:   1: năm 2020, {OFFICE}   2: năm 2021, {OFFICE}"
    )
    assert (await take_out(stage.store, tmp_path / "ra", PapersWanted(campaign=1))).papers == 3
    with refused(CaseError, match=f"đợt năm 2021 của {OFFICE}: chưa có bản nào được gửi"):
        await take_out(stage.store, tmp_path, PapersWanted(campaign=2))
    with refused(SeveralCampaigns, match="không có đợt đánh giá mã 9"):
        await take_out(stage.store, tmp_path, PapersWanted(campaign=9))


async def test_a_campaign_taken_back_is_not_one_of_several(stage, tmp_path) -> None:
    opened = await open_campaign(stage.store, shelf(), ["decree-90-2020"], 2021, DEMO_ROSTER, stage.clock())
    async with stage.store.transaction() as tx:
        await undo(tx, opened.campaign, stage.clock())
        await tx.commit()
    assert (await take_out(stage.store, tmp_path / "ra", PapersWanted())).papers == 3


async def test_what_was_returned_or_taken_back_is_not_in_force(sqlite_store, tmp_path) -> None:
    stage = await staged(sqlite_store)
    phone = await stage.phone_of(EMPLOYEE)
    await phone.hands_in()
    review = await review_of(stage, EMPLOYEE)
    for verb in ("withdraw", "withdrawn"):
        await phone.presses(verb)
    async with sqlite_store.reading() as tx:
        assert version_in_force(await tx.reviews.get(review)) == 0
    with refused(CaseError, match="chưa có bản nào được gửi"):
        await take_out(sqlite_store, tmp_path, PapersWanted())


async def test_nothing_is_written_through_a_link_and_what_stands_in_the_way_is_told(stage, tmp_path) -> None:
    other = tmp_path / "khac"
    other.write_text("của người khác")
    (tmp_path / "a" / STAFF).mkdir(parents=True)
    (tmp_path / "a" / STAFF / f".{WAITING}-mau-02-2020-v1.docx.tmp").symlink_to(other)
    await take_out(stage.store, tmp_path / "a", PapersWanted())
    assert other.read_text() == "của người khác"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / STAFF).write_text("một tệp")
    with refused(CaseError, match="không ghi được"):
        await take_out(stage.store, tmp_path / "b", PapersWanted())


async def test_keys_that_files_cannot_tell_apart_make_files_of_one_name_each(sqlite_store, tmp_path) -> None:
    stage = await staged(sqlite_store)
    for key, new in ((EMPLOYEE, "x/1"), (COLLEAGUE, "X:1")):
        person = await stage.person(key)
        async with sqlite_store.transaction() as tx:
            await tx.people.rename_roster_key(person, new)
            await tx.commit()
        await (await stage.phone_of(new)).hands_in()
    await take_out(sqlite_store, tmp_path / "het", PapersWanted())
    every = names(tmp_path / "het")
    assert len({name.casefold() for name in every}) == 4
    for key in ("x/1", "X:1"):
        await take_out(sqlite_store, tmp_path / key[0], PapersWanted(person=key))
    assert sorted(names(tmp_path / "x") + names(tmp_path / "X")) == every


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Phòng Tổ chức/Hành chính", "Phòng Tổ chức-Hành chính"),
        ("../../etc", "-..-etc"),
        ("  Tổ 1. ", "Tổ 1"),
        ("CON", "_CON"),
        ("...", "-"),
        ("Ban\x00 A:B", "Ban A-B"),
        ("B\u1ea3n\u202efdp.exe", "B\u1ea3nfdp.exe"),
    ],
)
def test_a_name_is_safe_anywhere(name, called) -> None:
    assert safe(name) == called
    assert len(safe("Ủy" * 200).encode()) <= 150


def test_what_is_missing_is_one_line(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    for given, told in ((("--out", str(tmp_path / "ra")), "chưa có đợt đánh giá nào"),):
        ran = tusoi("documents", *given)
        assert (ran.status, len(ran.err.splitlines())) == (2, 1), ran
        assert told in ran.err
