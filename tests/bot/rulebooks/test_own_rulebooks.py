"""An office's own rulebooks: found by id in their folder, used by campaigns, told of in a line when they are broken."""

import pytest

from bot.campaign.campaigns import open_campaign
from bot.campaign.usable import unusable
from bot.daily.remind import Reminding
from bot.delivery.seam import NoJobs
from bot.demo.office import DEMO_ROSTER, OFFICE
from bot.roster.template import write_roster
from bot.rulebooks.library import Library
from bot.turn.room_loading import enter
from dialogs.core.events import Commanded
from dialogs.core.rooms import COMMANDS_INTO, Room
from dialogs.core.state import State
from rules.nouns.errors import RulebookErrors
from rules.reading.load import load
from storage.store import Store
from tests.bot.commands.running import Ran, tusoi
from tests.bot.playing import BEGINS, CHIEF, HEAD, Clock, shelf
from tests.rules.books import HEAD as HEAD_OF_FILE
from tests.rules.books import RATINGS, write_book

EXTENDING = "extends: quang-ngai-office-2020\n"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder of own rulebooks of an installation, with one in it."""
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path))
    write_book(tmp_path / "rulebooks" / "quy-che-thu", EXTENDING)
    return tmp_path / "rulebooks"


def opened(tmp_path, rulebook: str) -> Ran:
    write_roster(tmp_path / "danh-sach.xlsx", DEMO_ROSTER)
    return tusoi("campaign", "open", rulebook, "--year", "2020", "--roster", str(tmp_path / "danh-sach.xlsx"))


async def test_a_campaign_runs_by_an_own_rulebook(own, tmp_path) -> None:
    ran = opened(tmp_path, "quy-che-thu")
    assert "12 thư mời mới" in ran.out, ran.err
    store = await Store.open(f"sqlite:///{tmp_path / 'tusoi.db'}")
    async with store.reading() as tx:
        (campaign,) = await tx.campaigns.open_ones()
    await store.close()
    assert Library(own)[campaign.edition].title == "Quy định thử"


def test_a_campaign_takes_no_rulebook_that_it_would_not_find_again(own, tmp_path) -> None:
    elsewhere = write_book(tmp_path / "noi-khac", EXTENDING)
    ran = opened(tmp_path, str(elsewhere))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith(
        f"{elsewhere}: đợt đánh giá chỉ dùng được bộ quy định riêng nằm trong {own} (TUSOI_RULEBOOKS)"
    )


def test_every_command_knows_an_own_rulebook_by_its_id(own) -> None:
    assert "quy-che-thu\tQuy định thử\t01/01/2021 – nay\n" in tusoi("rulebook", "list").out
    assert tusoi("rulebook", "show", "quy-che-thu").out.startswith("quy-che-thu: Quy định thử\n")
    case = "{subject: official, leader: false, facts: {months_worked: 5, maternity_leave: false}}"
    assert '"not_rated": "NĐ 90/2020, Điều 2 khoản 3"' in tusoi("rate", "quy-che-thu", "-", stdin=case).out


def test_the_folder_may_be_chosen(own, monkeypatch, tmp_path) -> None:
    write_book(tmp_path / "khac" / "quy-che-khac", RATINGS)
    monkeypatch.setenv("TUSOI_RULEBOOKS", str(tmp_path / "khac"))
    listed = tusoi("rulebook", "list").out
    assert ("quy-che-khac" in listed, "quy-che-thu" in listed) == (True, False)


def test_own_rulebooks_extend_each_other(own) -> None:
    write_book(own / "quy-che-phong", "extends: quy-che-thu\n")
    assert Library(own)["quy-che-phong", 2021].head.extends == ("quy-che-thu",)


def test_a_broken_rulebook_is_one_line_and_the_others_are_listed(own) -> None:
    write_book(own / "hong", "quotas: 5\n")
    ran = tusoi("rulebook", "list")
    assert (ran.status, "quy-che-thu\t" in ran.out, "decree-90-2020\t" in ran.out) == (0, True, True)
    assert ran.err == f"{own / 'hong'}/book.yaml:5: quotas: cần một danh sách, có ít nhất một phần tử (đang ghi: 5)\n"


def test_the_check_of_all_goes_on_after_a_broken_one(own) -> None:
    write_book(own / "hong", "quotas: 5\n")
    ran = tusoi("rulebook", "check")
    assert (ran.status, "party-2025: đúng" in ran.out, "quy-che-thu: đúng" in ran.out) == (2, True, True)


def test_a_folder_of_another_name_than_the_id_is_told(own) -> None:
    write_book(own / "ten-khac", RATINGS, id_="quy-che")
    with pytest.raises(RulebookErrors, match="folder_name"):
        Library(own).load("ten-khac")


def test_the_id_of_a_shipped_rulebook_is_the_shipped_one_and_the_other_is_told_of(own) -> None:
    write_book(own / "decree-90-2020", RATINGS)
    assert Library(own).load("decree-90-2020") is load("decree-90-2020")
    assert "decree-90-2020: trùng mã với bộ quy định có sẵn" in tusoi("rulebook", "list").err


def test_an_id_that_is_nowhere_is_no_key(own) -> None:
    with pytest.raises(KeyError, match="khong-co"):
        Library(own)["khong-co", 2020]


async def test_a_campaign_whose_rulebook_broke_is_told_of_and_the_others_are_reminded(own, store) -> None:
    for book, year in (("quy-che-thu", 2019), ("quang-ngai-office-2020", 2020)):
        await open_campaign(store, Library(own), [book], year, DEMO_ROSTER, BEGINS)
    (own / "quy-che-thu" / "book.yaml").write_text(
        HEAD_OF_FILE.format(id="quy-che-thu") + "quotas: 5\n", encoding="utf-8"
    )
    (line,) = await unusable(store, Library(own))
    assert line.startswith("đợt đánh giá năm 2019 của ")
    assert "quotas: cần một danh sách" in line
    on_a_reminder_day = Clock(BEGINS.replace(day=27))
    assert await Reminding(store, Library(own), NoJobs(), on_a_reminder_day).remind() == 12


async def test_the_rooms_stay_open_beside_a_campaign_whose_rulebook_is_gone(own, store) -> None:
    clock = Clock()
    for book, year in (("quang-ngai-office-2020", 2020), ("quy-che-thu", 2019)):
        await open_campaign(store, Library(own), [book], year, DEMO_ROSTER, BEGINS)
    async with store.reading() as tx:
        office = (await tx.units.offices())[OFFICE]
        keys = {key: person for person, key in (await tx.people.keys(office)).items()}
    for key, room, told in ((HEAD, Room.DESK, "campaigns"), (CHIEF, Room.DECIDE, "mine")):
        async with store.reading() as tx:
            state = State(await tx.people.get(keys[key]), "vi", clock())
            command = next(name for name, into in COMMANDS_INTO.items() if into is room)
            known = (await enter(tx, shelf(), state, Commanded(command))).room
        assert {getattr(one, "campaign", one).year for one in getattr(known, told)} == {2020}
