"""Files people hand in: one a person, for a day."""

import datetime as dt

from storage.values import Upload
from tests.storage.house import AT

FILE = Upload("ab12", "danh-sách.xlsx", b"PK\x03\x04\x00\xff")
LATER = AT + dt.timedelta(hours=23, minutes=59)
A_DAY_LATER = AT + dt.timedelta(days=1)


async def test_what_was_handed_in_last_is_kept_byte_for_byte(store, office):
    async with store.transaction() as tx:
        await tx.uploads.keep(office.an, Upload("00", "cu.xlsx", b"cu"), AT)
        await tx.uploads.keep(office.an, FILE, AT)
        await tx.commit()
    async with store.reading() as tx:
        assert await tx.uploads.of_person(office.an, LATER) == FILE
        assert await tx.uploads.of_person(office.head, LATER) is None


async def test_a_file_holds_for_a_day(store, office):
    async with store.transaction() as tx:
        await tx.uploads.keep(office.an, FILE, AT)
        assert not await tx.uploads.some_old(LATER)
        assert await tx.uploads.of_person(office.an, A_DAY_LATER) is None
        assert await tx.uploads.some_old(A_DAY_LATER)
        await tx.uploads.drop_old(A_DAY_LATER)
        assert await tx.uploads.of_person(office.an, AT) is None


async def test_a_file_that_is_dropped_is_gone_and_no_other(store, office):
    async with store.transaction() as tx:
        for person in (office.an, office.head):
            await tx.uploads.keep(person, FILE, AT)
        await tx.uploads.drop(office.an)
        assert await tx.uploads.of_person(office.an, AT) is None
        assert await tx.uploads.of_person(office.head, AT) == FILE
