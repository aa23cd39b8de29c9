"""A month with its ledger over the real house: filled in one press, kept with the sheet, and for whose eyes and hands it is."""

import datetime as dt
import hashlib
import io
import json

import pytest
from openpyxl import Workbook

from bot.campaign.campaigns import open_campaign
from bot.documents.content import read
from bot.door.channel import Incoming
from bot.door.kept import reply_from_json
from bot.ledgers.columns import PRODUCTS_SHEET, WORK_SHEET
from dialogs.core.buttons import Button
from dialogs.core.events import Handed, Pressed
from rules.ledger.catalogue import Product
from rules.ledger.work import WorkLine
from storage.repositories.offices.ledgers import NewWork
from tests.bot.ledgers.playing import CATALOGUE, NOW, OFFICE, ROSTER, Play, department, shelf


@pytest.fixture
async def play(store):
    return Play(await department(store))


async def person(play: Play, key: str) -> int:
    async with play.stage.store.reading() as tx:
        found = await tx.people.by_roster_key(await tx.units.office(OFFICE) or 0, key)
    assert found is not None
    return found.id


async def answers(play: Play, key: str):
    async with play.stage.store.reading() as tx:
        (review,) = await tx.reviews.mine(await person(play, key))
    return review, {question: answer.value for question, answer in review.answers.items()}


async def test_the_ledger_fills_the_sheet_in_one_press_and_is_kept_with_it(play):
    await play.act("Lan", "/viec")
    await play.act("Lan", "20 báo cáo tháng")
    await play.act("Lan", "1 xong\n1 sai 1\n1 chậm 2")
    await play.act("Lan", "[➜ Lấy vào phiếu]")
    review, found = await answers(play, "LAN")
    # Điều 14 khoản 2: 20 of 20; 19,75 of 20; 19,5 of 20.
    assert {key: found[key] for key in ("quantity", "quality", "progress")} == {
        "quantity": 100,
        "quality": 98.75,
        "progress": 97.5,
    }
    said = "\n".join(await play.act("Lan", "(phiếu)"))
    assert "Sổ việc: 1 dòng, giao 20, xong 20 đơn vị sản phẩm chuẩn" in said
    assert "khác sổ việc" not in said
    await play.phones["Lan"].presses("send")
    card = "\n".join(await play._notices())
    assert "Sổ việc: 1 dòng, giao 20" in card
    # What was sent stays, whatever the catalogue says later; the ledger is written to no more.
    async with play.stage.store.transaction() as tx:
        office = await tx.units.office(OFFICE) or 0
        await tx.ledgers.keep_catalogue(office, [Product("BC-01", "Báo cáo tháng", "1", 9)], 2, NOW)
        await tx.commit()
    async with play.stage.store.reading() as tx:
        document = await tx.documents.of_version(review.id, 1)
    kept = read(document.content)["ledger"]
    assert [line["content"]["product"]["coefficient"] for line in kept["lines"]] == [1]
    await play.act("Tp", "/viec")
    await play.phones["Tp"].does(Pressed(Button("work_sent", review.id)))
    assert "19,75 / 20" in play.phones["Tp"].text
    lan = await person(play, "LAN")
    for verb in ("work_all_done", "work_line"):
        await play.phones["Lan"].does(Pressed(Button(verb, 0, ("2026m09", str(lan), "1", "3"))))
        assert "đã gửi" in play.phones["Lan"].text


async def test_who_typed_one_figure_takes_the_ledger_all_the_same(play):
    await play.act("Lan", "/tieptuc")
    review, _ = await answers(play, "LAN")
    await play.phones["Lan"].does(Pressed(Button("instead", review.id, ("result", "one"))))
    await play.act("Lan", "63")
    assert (await answers(play, "LAN"))[1]["result"] == 63
    await play.act("Lan", "/viec")
    await play.act("Lan", "10 báo cáo tháng")
    await play.act("Lan", "1 xong 9")
    await play.act("Lan", "[➜ Lấy vào phiếu]")
    review, found = await answers(play, "LAN")
    assert {key: found[key] for key in ("quantity", "quality", "progress")} == {
        "quantity": 90,
        "quality": 90,
        "progress": 90,
    }
    assert review.answers["result"].skipped


async def test_who_types_other_figures_sees_that_they_differ(play):
    await play.act("Lan", "/viec")
    await play.act("Lan", "10 báo cáo tháng\n1 xong 9")
    assert "khác sổ việc" in "\n".join(await play.act("Lan", "(phiếu)"))


async def test_a_ledger_is_for_its_owner_and_who_assigns_the_work(play):
    await play.act("Lan", "/viec")
    await play.act("Lan", "3 tờ trình (mật của Lan)")
    lan = await person(play, "LAN")
    shown = Pressed(Button("work_show", 0, ("2026m09", str(lan))))
    for who in ("Minh", "Cvp", "Hoa", "Gd"):
        await play.act(who, "/trogiup")
        await play.phones[who].does(shown)
        assert "mật của Lan" not in play.phones[who].text, who
        await play.phones[who].does(Pressed(Button("work_pick", 0, ("2026m09", str(lan), "CV", "5", "a"))))
        await play.phones[who].does(Pressed(Button("work_say", 0, ("2026m09", str(lan), "1", "1", "0", "1"))))
    await play.act("Tp", "/trogiup")
    await play.phones["Tp"].does(shown)
    assert "mật của Lan" in play.phones["Tp"].text
    # Nobody confirms their own cause, or hands their own work over.
    await play.act("Lan", "1 xong\n1 chậm 1 do mưa")
    for verb, *about in (("work_say", "0", "1"), ("work_hand",)):
        await play.phones["Lan"].does(Pressed(Button(verb, 0, ("2026m09", str(lan), "1", "2", *about))))
        assert "người giao việc" in play.phones["Lan"].text
    async with play.stage.store.reading() as tx:
        (line,) = (await tx.ledgers.of_people([lan], 2026, "m09"))[lan]
    assert (line.count, line.slips[0].objective, line.handed) == (3, None, ())
    refused = await play.stage.rows("audit", what="refused")
    assert {row["person_id"] for row in refused} == {lan}
    assert len({row["by_person"] for row in refused}) == 5


def _xlsx(sheet: str, *rows: list[object]) -> bytes:
    workbook = Workbook()
    workbook.worksheets[0].title = sheet
    for row in rows:
        workbook.worksheets[0].append(row)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


async def hands_in(play: Play, who: str, content: bytes) -> str:
    phone = play.phones[who]
    digest = hashlib.sha256(content).hexdigest()
    incoming = Incoming("web", who, str(next(phone.updates)), Handed("tep.xlsx", digest), content)
    phone.answered = await phone.house.take(incoming)
    phone.shown += [key for reply in phone.answered.replies for row in reply.keyboard for key in row]
    return phone.text


TITLES = ["Mã", "Sản phẩm, công việc", "Nhóm", "Đơn vị tính", "Hệ số quy đổi"]


async def test_the_desk_hands_the_catalogue_and_the_work_in(store):
    play = Play(await department(store, catalogue=False))
    await play.act("Hoa", "/viec")
    await play.phones["Hoa"].presses("work_home")
    await play.phones["Hoa"].presses("work_catalogue")
    wrong = await hands_in(play, "Hoa", _xlsx(PRODUCTS_SHEET, TITLES, ["A", "Việc A", "1", "", 0]))
    assert "Danh mục!E2: Hệ số quy đổi" in wrong
    rows = [[one.code, one.name, one.group, one.unit, one.coefficient] for one in CATALOGUE]
    assert "4 sản phẩm, công việc trong 2 nhóm" in await hands_in(play, "Hoa", _xlsx(PRODUCTS_SHEET, TITLES, *rows))
    assert await play.stage.count("catalogue") == 0
    await play.phones["Hoa"].presses("work_catalogue_put")
    assert "Đã lưu danh mục lần 1" in play.phones["Hoa"].text
    await play.phones["Hoa"].presses("work_home")
    await play.phones["Hoa"].presses("work_import")
    titles = ["Mã số", "Kỳ", "Mã sản phẩm", "Số lượng"]
    work = _xlsx(WORK_SHEET, titles, ["LAN", "tháng 9/2026", "TT", 3], ["MINH", "tháng 9/2026", "CV", 8])
    assert "việc của 2 người" in await hands_in(play, "Hoa", work)
    await play.phones["Hoa"].presses("work_import_put")
    assert "Đã ghi việc của 2 người" in play.phones["Hoa"].text
    await play.phones["Hoa"].presses("work_import")
    assert "giống những gì đang lưu" in await hands_in(play, "Hoa", work)
    assert "Tờ trình: 3 văn bản (hệ số 2)" in "\n".join(await play.act("Lan", "/viec"))


async def test_the_work_that_opens_by_itself_is_of_the_newest_sheet_that_is_owed(play):
    """Opened after September: an older quarter (Điều 17 khoản 2), and October."""
    for period in ("q2", "m10"):
        await open_campaign(play.stage.store, shelf(), ["decree-335-2025"], 2026, ROSTER, NOW, period=period)
    assert "tháng 10/2026" in "\n".join(await play.act("Lan", "/viec"))


async def test_the_head_of_a_sheet_without_a_rating_is_offered_no_grounds_of_one(play):
    await play.act("Lan", "(phiếu)")
    await play.phones["Lan"].presses("send")
    kept = [row["reply"] for row in await play.stage.rows("delivery")]
    replies = [reply_from_json(json.loads(one) if isinstance(one, str) else one) for one in kept]
    labels = [key.label for one in replies if one.template == "head/card" for row in one.keyboard for key in row]
    assert "head/agree" in labels
    assert "head/why" not in labels


async def test_nobody_but_the_desk_hands_files_in(play):
    await play.act("Lan", "/viec")
    for verb in ("work_catalogue", "work_import", "work_file", "work_catalogue_put", "work_import_put"):
        await play.phones["Lan"].does(Pressed(Button(verb)))
        assert "bộ phận tổ chức" in play.phones["Lan"].text
        assert not await play.phones["Lan"].house.awaits_file("web", "Lan")


async def test_who_was_overtaken_writes_from_what_is_there_by_now(play):
    """The head and the person write to one line at the same time: none of both is lost."""
    await play.act("Lan", "/viec")
    await play.act("Lan", "4 tờ trình")
    lan = await person(play, "LAN")
    async with play.stage.store.transaction() as tx:
        (line,) = (await tx.ledgers.of_people([lan], 2026, "m09"))[lan]
        changed = WorkLine(line.product, 1, 4, what="của sở", line=1, version=1)
        assert await tx.ledgers.keep(NewWork(lan, 2026, "m09", (changed,)), NOW + dt.timedelta(minutes=1))
        await tx.commit()
    await play.phones["Lan"].does(Pressed(Button("work_done", 0, ("2026m09", str(lan), "1", "1", "4"))))
    assert "vừa thay đổi" in play.phones["Lan"].text
    await play.act("Lan", "1 xong")
    rows = await play.stage.rows("work", person_id=lan)
    kept = rows[-1]["content"]
    kept = json.loads(kept) if isinstance(kept, str) else kept
    assert (rows[-1]["version"], kept["done"], kept["what"]) == (3, 4, "của sở")
