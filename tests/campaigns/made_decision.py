"""What a play decided, as the documents that go out: the decision with its list, extracts, the summary tables."""

from bot.campaign.results.decisions import decisions_of, named
from bot.campaign.results.tables import parts_of, tables_of
from bot.documents.taking_out import meant
from templates.documents.decisions.page import decision_of
from tests.bot.playing import shelf
from tests.campaigns.stage import Play


async def son_la_2021(play: Play) -> None:
    """D.3.1: by decision of the director, with everybody they decided about; the department's about the director stands by its number."""
    async with play.store.reading() as tx:
        parts = await parts_of(tx, shelf(), await meant(tx, None))
        found = await decisions_of(tx, shelf(), parts, play.clock())
        tables = await tables_of(tx, shelf(), parts, play.clock())
    name = play.cast.name
    department = "Quyết định số 4977/QĐ-SLĐTBXH ngày 05/12/2021"
    by = {one.by.paper: one for one in found.every}
    board = "Quyết định số 118/QĐ-SLĐTBXH ngày 02/12/2021"
    assert set(by) == {"", board, department}, (
        "what the cell and its groups sent, the party decides: none of it is here"
    )
    assert {one.name for one in by[department].results} == {name("director")}
    assert {one.name for one in by[board].results} == {name("body")}
    assert by[""].by.name == name("director")
    page = decision_of(by[""].book, by[""].by, by[""].results, found.made)
    assert page.listed is not None
    listed = {str(row[1]): row[4] for row in page.listed.rows}
    assert {who: listed[name(who)] for who in ("HC1", "sick", "BV1", "head:BV", "newcomer", "BV9")} == {
        "HC1": "Hoàn thành tốt nhiệm vụ",
        "sick": "Hoàn thành nhiệm vụ",
        "BV1": "Hoàn thành nhiệm vụ",  # rated anew (D.3.4)
        "head:BV": "Hoàn thành nhiệm vụ",
        "newcomer": "Không xếp loại",
        "BV9": "Hoàn thành tốt nhiệm vụ",
    }
    assert name("director") not in listed
    assert [row[0] for row in page.listed.rows] == list(range(1, len(page.listed.rows) + 1))
    assert f"đối với {len(page.listed.rows)} tập thể, cá nhân có tên" in page.articles[0].text
    assert [line.endswith("(*)") for line in page.grounds] == [False, False, True, True], "quoted, and our own"
    extracts = [place for place, _ in named(found) if place.parent.name]
    assert len(extracts) == sum(len(one.results) for one in found.every)
    (public,) = [one for one in tables.summaries if one.table.public]
    assert [column.title for column in public.columns] == [
        "TT",
        "Họ và tên",
        "Chức vụ, chức danh",
        "Đối tượng",  # whoever is rated twice stands in two lines
        "Đơn vị công tác",
        "Kết quả xếp loại",
    ]
