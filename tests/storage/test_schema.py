"""Migrations: from empty to what the program means, once, and no further than it knows."""

import asyncio

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import Store, upgrade
from storage.engine import database_at
from storage.errors import Unreachable, WrongAddress, WrongSchema
from storage.schema import VERSION_TABLE, _config, known_revisions
from storage.tables import METADATA


async def inspected(url, look):
    database = database_at(url)
    async with database.writing() as connection:
        found = await connection.run_sync(look)
        await connection.commit()
    await database.close()
    return found


def differences(connection):
    options = {"compare_type": True, "version_table": VERSION_TABLE}
    return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)


def conditions(connection):
    """What the comparison above does not look at: checks, and conditions of indexes."""
    inspector = sa.inspect(connection)
    found = set()
    for table in METADATA.tables:
        found |= {(check["name"], check["sqltext"]) for check in inspector.get_check_constraints(table)}
        for index in inspector.get_indexes(table):
            found |= {(index["name"], f"{option}={it}") for option, it in index.get("dialect_options", {}).items()}
    return found


async def test_the_migrated_schema_is_the_one_of_the_tables(database_url):
    assert await inspected(database_url, differences) == []


async def test_the_migrated_conditions_are_the_ones_of_the_tables(empty_url):
    await inspected(empty_url, METADATA.create_all)
    of_tables = await inspected(empty_url, conditions)
    await inspected(empty_url, METADATA.drop_all)
    await upgrade(empty_url)
    assert {"ck_review_status", "uq_person_head", "uq_campaign_open"} < {name for name, _ in of_tables}
    assert await inspected(empty_url, conditions) == of_tables


def test_the_names_of_the_files_are_the_revisions():
    script = ScriptDirectory.from_config(_config())
    assert {one.revision for one in script.walk_revisions()} == known_revisions()
    assert script.get_current_head() == max(known_revisions())


async def test_a_database_that_is_up_to_date_is_not_touched_again(database_url):
    database = database_at(database_url)
    async with database.writing() as connection:
        await connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = version_num"))  # held by a writer
        async with asyncio.timeout(5):
            await upgrade(database_url)
    await database.close()


async def test_an_empty_database_is_refused_until_it_is_upgraded(empty_url):
    with pytest.raises(WrongSchema, match="tusoi db upgrade"):
        await Store.open(empty_url)
    await upgrade(empty_url)
    await (await Store.open(empty_url)).close()


async def test_upgrading_twice_is_harmless(store, office, database_url):
    await upgrade(database_url)
    async with store.reading() as tx:
        assert (await tx.people.get(office.an)).name == "Nguyễn Thị An"


async def test_two_programs_may_upgrade_at_once(empty_url):
    await asyncio.gather(upgrade(empty_url), upgrade(empty_url))
    assert await inspected(empty_url, differences) == []


async def test_a_newer_database_is_refused(database_url):
    newer = sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    await inspected(database_url, lambda connection: connection.execute(newer))
    with pytest.raises(WrongSchema, match="9999, newer than this program"):
        await Store.open(database_url)
    with pytest.raises(WrongSchema, match="9999, newer than this program"):
        await upgrade(database_url)


async def test_a_folder_that_does_not_exist_is_said_plainly(tmp_path):
    with pytest.raises(Unreachable, match="cannot be reached: unable to open database file"):
        await upgrade(f"sqlite:///{tmp_path}/nowhere/store.sqlite")


async def test_a_file_that_is_no_database_is_said_plainly(tmp_path):
    (tmp_path / "letter.txt").write_text("Kính gửi Phòng Tổ chức " * 100)
    with pytest.raises(Unreachable, match="cannot be reached: file is not a database"):
        await Store.open(f"sqlite:///{tmp_path}/letter.txt")


async def test_a_server_that_is_not_there_is_said_without_the_password():
    with pytest.raises(Unreachable, match="cannot be reached") as refused:
        await Store.open("postgresql://tusoi:bi-mat@127.0.0.1:1/tusoi")
    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://host/x", "no address", "sqlite://", "sqlite:///:memory:", ""])
async def test_an_address_that_is_not_ours_is_refused(url):
    with pytest.raises(WrongAddress, match="database address"):
        await Store.open(url)
