"""The copy of somebody's data: all of it, readable, and nothing in it acts."""

import json

from bot.personal.copying import all_of, as_json, as_page
from rules.personal.kinds import personal
from storage.repositories.personal import OWN
from storage.store import Store
from storage.tables import METADATA
from tests.bot.playing import EMPLOYEE, HEAD, staged

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} =1+1"


def test_every_table_with_a_person_in_it_is_of_somebody() -> None:
    about = {
        table.name
        for table in METADATA.tables.values()
        if {"person_id", "review_id", "draft_id", "ruling_id"} & {column.name for column in table.columns}
    }
    assert about <= set(OWN)
    assert set(OWN) <= {name for kind in personal().kinds for name in kind.tables}


async def test_a_copy_has_what_one_said_and_nothing_of_others(store: Store) -> None:
    stage = await staged(store)
    mai = await stage.phone_of(EMPLOYEE)
    await mai.hands_in()
    await mai.says(HOSTILE)
    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    async with store.reading() as tx:
        copied = await all_of(tx, await stage.person(EMPLOYEE), stage.clock())
        of_head = await all_of(tx, await stage.person(HEAD), stage.clock())
    page, told = as_page(copied).decode(), json.loads(as_json(copied))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    tables = {name: rows for kind in told["kinds"] for name, rows in kind["tables"].items()}
    assert len(tables["draft"]) == 1
    assert tables["answer"]
    assert any("script" in str(row["said"]) for row in tables["turn"])
    assert copied.person.name not in as_json(of_head).decode(), "what a head was shown of others is not in their copy"
    assert "code" not in tables["invitation"][0]
    assert "content" not in tables["document"][0]
