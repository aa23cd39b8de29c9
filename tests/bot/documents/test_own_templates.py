"""An office's own Word template: what is sent under one is printed with it for ever, and nothing else is."""

import hashlib
import io
import zipfile

import docx as python_docx
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.campaign.own_templates import chosen, let_go
from bot.documents import printing
from bot.documents.printing import files, kept_paper
from bot.documents.together import Together
from dialogs.core.stamps import seal
from dialogs.core.turn import AllPapers, DeskFile, Papers
from templates.documents.word.template import WordTemplateError
from tests.bot.documents.office import press, review_of
from tests.bot.playing import COLLEAGUE, EMPLOYEE, HEAD, staged
from tests.templates.documents.test_template_check import changed, with_words

OWN = changed(with_words("MẪU RIÊNG CỦA CƠ QUAN"))
OTHER = changed(with_words("MẪU THỨ HAI"))


@pytest.fixture(autouse=True)
def nothing_printed_before(monkeypatch) -> None:
    """Tests of one process print the same papers: none is handed what another has just printed."""
    monkeypatch.setattr(printing, "TOGETHER", Together())


async def uses(stage, content: bytes | None) -> None:
    async with stage.store.transaction() as tx:
        office = await tx.units.office_of(await stage.person(HEAD))
        if content is None:
            assert await let_go(tx, office, "mau-02", None, stage.clock())
        else:
            await chosen(tx, office, "mau-02", content, "rieng.docx", None, stage.clock())
        await tx.commit()


async def printed(stage, key: str, version: int = 1) -> tuple[str, bytes]:
    """The words of the Word file, and its bytes."""
    async with stage.store.reading() as tx:
        printable = await kept_paper(tx, await review_of(stage, key), version, 0)
    (file,) = files(printable, ("docx",))
    return "\n".join(one.text for one in python_docx.Document(io.BytesIO(file.content)).paragraphs), file.content


async def test_what_is_sent_under_a_template_keeps_it(sqlite_store) -> None:
    stage = await staged(sqlite_store)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    before, plain = await printed(stage, EMPLOYEE)
    assert "MẪU RIÊNG" not in before
    await uses(stage, OWN)
    assert (await printed(stage, EMPLOYEE))[1] == plain, "what was sent stays"
    await (await stage.phone_of(COLLEAGUE)).hands_in()
    words, own = await printed(stage, COLLEAGUE)
    assert "MẪU RIÊNG CỦA CƠ QUAN" in words
    await uses(stage, OTHER)
    assert (await printed(stage, COLLEAGUE))[1] == own, "one chosen later changes nothing"
    await uses(stage, None)
    assert (await printed(stage, COLLEAGUE))[1] == own, "nor does taking it away"
    assert await stage.count("word_template") == 2
    assert [one["what"] for one in await stage.rows("audit", what="template chosen")] == ["template chosen"] * 2
    async with stage.store.reading() as tx:
        assert await tx.templates.in_use(await tx.units.office_of(await stage.person(HEAD))) == []


async def test_the_fingerprint_is_of_what_was_said_and_not_of_the_template(sqlite_store) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    async with stage.store.reading() as tx:
        document = await tx.documents.of_version(await review_of(stage, EMPLOYEE), 1)
    assert document.template
    assert b"template" not in document.content


async def test_one_that_fails_is_replaced_by_the_generic_one(sqlite_store, monkeypatch) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    whole = printing.docx

    def fails(paper, template=None):
        if template is not None:
            raise WordTemplateError("broken")
        return whole(paper)

    monkeypatch.setattr(printing, "docx", fails)
    words, _ = await printed(stage, EMPLOYEE)
    assert "MẪU RIÊNG" not in words
    assert "PHIẾU" in words
    papers = Papers(await review_of(stage, EMPLOYEE), 1, ("docx",))
    assert await stage.house.documents(await stage.person(EMPLOYEE), papers)
    assert await stage.count("audit", what="template failed") == 1
    told = [one for one in await stage.rows("delivery") if "notice/template_failed" in str(one["reply"])]
    assert len(told) == 1, "the desk, once a template"


async def test_all_papers_are_printed_with_their_own(sqlite_store) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    await press(head, "Mai", "✓ Đồng ý", "không ghi ý kiến")
    parcel = await stage.house.parcel(await stage.person(HEAD), AllPapers(1))
    package = zipfile.ZipFile(io.BytesIO(b"".join([one async for one in parcel.pieces()])))
    (word_file,) = [name for name in package.namelist() if name.endswith(".docx")]
    assert package.read(word_file) == (await printed(stage, EMPLOYEE))[1]


async def test_one_that_fails_within_a_zip_gives_way_there_and_the_desk_is_told_once(sqlite_store, monkeypatch) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    await press(head, "Mai", "✓ Đồng ý", "không ghi ý kiến")
    whole = printing.docx

    def fails(paper, template=None):
        if template is not None:
            raise WordTemplateError("broken")
        return whole(paper)

    monkeypatch.setattr(printing, "docx", fails)
    for _ in range(2):
        parcel = await stage.house.parcel(await stage.person(HEAD), AllPapers(1))
        package = zipfile.ZipFile(io.BytesIO(b"".join([one async for one in parcel.pieces()])))
        (word_file,) = [name for name in package.namelist() if name.endswith(".docx")]
        words = [one.text for one in python_docx.Document(io.BytesIO(package.read(word_file))).paragraphs]
        assert not any("MẪU RIÊNG" in one for one in words)
    assert await stage.count("audit", what="template failed") == 2
    told = [one for one in await stage.rows("delivery") if "notice/template_failed" in str(one["reply"])]
    assert [one["person_id"] for one in told] == [await stage.person(HEAD)]


async def test_the_one_in_use_is_handed_out_again_as_it_came(sqlite_store) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    async with stage.store.reading() as tx:
        office = await tx.units.office_of(await stage.person(HEAD))
        (used,) = await tx.templates.in_use(office)
    wanted = DeskFile(f"wordown_{seal(used.form)}", "docx")
    (file,) = await stage.house.documents(await stage.person(HEAD), wanted)
    assert hashlib.sha256(file.content).hexdigest() == used.sha256
    assert not await stage.house.documents(await stage.person(EMPLOYEE), wanted)
    assert not await stage.house.documents(await stage.person(HEAD), DeskFile(f"wordown_{seal('x')}", "docx"))


@pytest.mark.parametrize("table", ["word_template", "template_choice", "document_template"])
async def test_nothing_of_it_is_ever_changed(sqlite_store, table) -> None:
    stage = await staged(sqlite_store)
    await uses(stage, OWN)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with stage.store.transaction() as tx:
                await tx.connection.execute(sa.text(statement))
