"""A paper somebody holds is compared with what was kept: word by word, and what is drawn besides."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from bot.documents.comparing import words
from bot.documents.extracting import Taken, read_paper
from bot.documents.printing import Printable, files, kept_paper
from bot.documents.verifying import carried, digits, judged, standing_of, under
from bot.door.verdicts import Standing, Verdict
from rules.nouns.errors import CaseError
from templates.documents import docx, pdf
from templates.documents.blocks import Paper, Paragraph, Run
from tests.bot.documents.office import WAITING, played, review_of
from tests.bot.playing import COLLEAGUE, EMPLOYEE
from tests.refusing import refused

KINDS = ("pdf", "docx")


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


async def paper_of(stage, key: str, version: int = 1, ruling: int | None = 0) -> Printable:
    async with stage.store.reading() as tx:
        printable = await kept_paper(tx, await review_of(stage, key), version, ruling)
    assert printable is not None
    return printable


async def here(content: bytes) -> Taken:
    return read_paper(content)


async def verdict_on(stage, content: bytes) -> Verdict:
    taken = read_paper(content)
    async with stage.store.reading() as tx:
        known = await carried(tx, taken)
    return (await judged(known, taken, here))[0]


def printed(paper: Paper, kind: str) -> bytes:
    return pdf(paper) if kind == "pdf" else docx(paper)


def with_word(paper: Paper, old: str, new: str) -> Paper:
    """The paper with one word otherwise, under its own footer and code."""
    blocks, done = list(paper.blocks), False
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not done:
            runs = tuple(replace(run, text=run.text.replace(old, new, 1)) for run in block.runs)
            done = runs != block.runs
            blocks[place] = replace(block, runs=runs)
    assert done
    return replace(paper, blocks=tuple(blocks))


def said(verdict: Verdict) -> list[tuple[str, str]]:
    return [(one.before, one.after) for one in verdict.differences]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_kept_is_genuine_at_every_stage_it_was_printed(stage, kind) -> None:
    for key, version, ruling, standing in (
        (EMPLOYEE, 1, 0, Standing.GENUINE),
        (EMPLOYEE, 1, None, Standing.GENUINE),
        (COLLEAGUE, 1, 0, Standing.REPLACED),
        (COLLEAGUE, 2, 0, Standing.GENUINE),
        (WAITING, 1, 0, Standing.GENUINE),
    ):
        (file,) = files(await paper_of(stage, key, version, ruling), (kind,))
        verdict = await verdict_on(stage, file.content)
        assert (verdict.standing, verdict.many, verdict.beside) == (standing, 0, ()), (key, version, ruling)


async def test_it_says_whose_it_is_and_who_decided(stage) -> None:
    (file,) = files(await paper_of(stage, EMPLOYEE), ("docx",))
    told = (await verdict_on(stage, file.content)).told
    assert (told.key, told.version, told.in_force, told.decided) == (EMPLOYEE, 1, 1, True)
    assert told.ratings == ("Hoàn thành tốt nhiệm vụ",)
    assert [one.position for one in told.agreed] == ["Trưởng phòng"]
    assert told.ruled.position == "Chánh Văn phòng"


@pytest.mark.parametrize("kind", KINDS)
async def test_one_altered_word_under_an_untouched_footer_is_shown(stage, kind) -> None:
    paper = (await paper_of(stage, EMPLOYEE)).paper
    forged = printed(with_word(paper, "chủ trương", "chủ chương"), kind)
    verdict = await verdict_on(stage, forged)
    assert verdict.standing is Standing.ALTERED
    assert said(verdict) == [("trương,", "chương,")]
    assert verdict.differences[0].lead.endswith("Chấp hành chủ")
    assert verdict.differences[0].page == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_another_decision_an_added_line_and_a_missing_one_are_shown(stage, kind) -> None:
    paper = (await paper_of(stage, EMPLOYEE)).paper
    line = Paragraph("body", (Run("Được đề nghị khen thưởng."),))
    more = await verdict_on(stage, printed(replace(paper, blocks=(*paper.blocks, line)), kind))
    assert more.standing is Standing.ALTERED
    assert said(more) == [("", "Được đề nghị khen thưởng.")]
    at = max(
        place for place, block in enumerate(paper.blocks) if isinstance(block, Paragraph) and block.style == "body"
    )
    gone = " ".join(words("".join(run.text for run in paper.blocks[at].runs)))
    less = await verdict_on(stage, printed(replace(paper, blocks=paper.blocks[:at] + paper.blocks[at + 1 :]), kind))
    assert less.standing is Standing.ALTERED
    assert said(less) == [(gone, "")]
    # The whole decision replaced by the one somebody would rather have.
    best = with_word(paper, "Hoàn thành tốt nhiệm vụ.", "Hoàn thành xuất sắc nhiệm vụ.")
    assert said(await verdict_on(stage, printed(best, kind))) == [("tốt", "xuất sắc")]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_code_that_leads_elsewhere_is_not_genuine(stage, kind) -> None:
    paper = replace((await paper_of(stage, EMPLOYEE)).paper, fingerprint="ab" * 32)
    verdict = await verdict_on(stage, printed(paper, kind))
    assert verdict.standing is Standing.ALTERED
    assert [name for name, _ in verdict.beside] == ["look" if kind == "pdf" else "code"]


async def test_a_page_less_a_page_more_and_a_page_of_another_paper(stage) -> None:
    mine, other = [(await paper_of(stage, key)).paper for key in (EMPLOYEE, WAITING)]
    mine, other = PdfReader(io.BytesIO(pdf(mine))), PdfReader(io.BytesIO(pdf(other)))
    pages = len(mine.pages)

    async def bound(*chosen) -> Verdict:
        made, out = PdfWriter(), io.BytesIO()
        for page in chosen:
            made.add_page(page)
        made.write(out)
        return await verdict_on(stage, out.getvalue())

    assert (await bound(*mine.pages)).standing is Standing.GENUINE, "written anew by another program, and the same"
    less = await bound(*mine.pages[:-1])
    assert (less.standing, less.beside) == (Standing.ALTERED, (("fewer_pages", (pages - 1, pages)),))
    more = await bound(*mine.pages, other.pages[0])
    assert (more.standing, more.beside) == (Standing.ALTERED, (("more_pages", (pages + 1, pages)),))
    mixed = await bound(*mine.pages[:-1], other.pages[-1])
    assert mixed.standing is Standing.ALTERED
    assert mixed.many


async def test_what_covers_a_word_or_is_put_on_a_page_is_told(stage) -> None:
    reader = PdfReader(io.BytesIO(pdf((await paper_of(stage, EMPLOYEE)).paper)))
    made, out = PdfWriter(clone_from=reader), io.BytesIO()
    drawn = made.pages[1].get_contents()
    drawn.set_data(drawn.get_data() + b"\nq 1 1 1 rg 100 500 200 20 re f Q\n")
    made.pages[1].replace_contents(drawn)
    made.write(out)
    covered = await verdict_on(stage, out.getvalue())
    assert (covered.standing, covered.many, covered.beside) == (Standing.ALTERED, 0, (("look", (2,)),))
    made, out = PdfWriter(clone_from=reader), io.BytesIO()
    made.add_annotation(0, FreeText(text="Xuất sắc", rect=(50, 550, 200, 650)))
    made.write(out)
    noted = await verdict_on(stage, out.getvalue())
    assert (noted.standing, [name for name, _ in noted.beside]) == (Standing.ALTERED, ["notes"])


def rewritten(content: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            kept = old.read(info)
            new.writestr(info.filename, change(kept.decode()).encode() if info.filename == part else kept)
    return out.getvalue()


def run(text: str, style: str = "") -> str:
    return f"<w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r>"


#: What is put into a paragraph, what is told of it, and whether the words differ as well.
PUT = (
    (f'<w:ins w:id="9" w:author="x">{run("xuất sắc")}</w:ins>', "tracked", True),
    ('<w:del w:id="9" w:author="x"><w:r><w:delText>xuất sắc</w:delText></w:r></w:del>', "tracked", False),
    (run("xuất sắc", "<w:vanish/>"), "hidden", True),
    (run("xuất sắc", '<w:color w:val="FFFFFF"/>'), "hidden", True),
    (run("xuất sắc", '<w:sz w:val="2"/>'), "hidden", True),
    (f"<w:r><w:pict><w:txbxContent><w:p>{run('xuất sắc')}</w:p></w:txbxContent></w:pict></w:r>", "boxes", True),
)


async def test_what_a_word_file_keeps_besides_its_text_is_looked_at(stage) -> None:
    content = docx((await paper_of(stage, EMPLOYEE)).paper)
    for put, told, words_differ in PUT:
        forged = rewritten(content, lambda xml, put=put: xml.replace("</w:p>", f"{put}</w:p>", 1))
        verdict = await verdict_on(stage, forged)
        assert verdict.standing is Standing.ALTERED
        assert told in [name for name, _ in verdict.beside], put
        assert bool(verdict.many) is words_differ, put


async def test_a_comment_and_a_part_from_elsewhere_are_told(stage) -> None:
    content = docx((await paper_of(stage, EMPLOYEE)).paper)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as more:
        more.writestr("word/comments.xml", '<w:comments xmlns:w="x"><w:t>Xuất sắc</w:t></w:comments>')
        more.writestr(
            "word/_rels/settings.xml.rels",
            '<Relationships><Relationship Type="x/attachedTemplate" Target="http://a" TargetMode="External"/></Relationships>',
        )
        more.writestr("word/vbaProject.bin", b"x")
    verdict = await verdict_on(stage, out.getvalue())
    assert verdict.standing is Standing.ALTERED
    assert [name for name, _ in verdict.beside] == ["acting", "comments", "outside"]


async def test_the_footer_of_a_draft_and_of_nothing_is_unknown(stage) -> None:
    paper = (await paper_of(stage, EMPLOYEE)).paper
    for kind in KINDS:
        other = replace(paper, footer=("Một tờ giấy khác", "Mã nội dung 0000 1111 2222 3333"))
        assert (await verdict_on(stage, printed(other, kind))).standing is Standing.UNKNOWN
        assert (await verdict_on(stage, printed(replace(paper, footer=("", "")), kind))).standing is Standing.UNKNOWN


async def test_a_code_stands_by_itself(stage) -> None:
    async with stage.store.reading() as tx:
        marks = {
            (key, version): (await tx.documents.mark(await review_of(stage, key), version)).fingerprint
            for key, version in ((EMPLOYEE, 1), (COLLEAGUE, 1), (COLLEAGUE, 2))
        }
        standings = {one: standing_of(await under(tx, mark)) for one, mark in marks.items()}
        assert standing_of(await under(tx, "0" * 64)) is Standing.UNKNOWN
    assert standings == {
        (EMPLOYEE, 1): Standing.GENUINE,
        (COLLEAGUE, 1): Standing.REPLACED,
        (COLLEAGUE, 2): Standing.GENUINE,
    }


async def test_what_somebody_changed_besides_the_program_is_not_believed(stage) -> None:
    (file,) = files(await paper_of(stage, EMPLOYEE), ("docx",))
    async with stage.store.transaction() as tx:
        await tx.connection.execute(sa.text("DROP TRIGGER document_no_UPDATE"))
        await tx.commit()
    mark = (await paper_of(stage, EMPLOYEE)).paper.fingerprint
    for content in (b"rubbish", zlib.compress(b"{}"), zlib.compress(b"rubbish")):
        async with stage.store.transaction() as tx:
            changed = "UPDATE document SET content = :new WHERE fingerprint = :mark"
            await tx.connection.execute(sa.text(changed), {"new": content, "mark": mark})
            await tx.commit()
        async with stage.store.reading() as tx:
            assert standing_of(await under(tx, mark)) is Standing.ALTERED
        with refused(CaseError, match="KHÔNG khớp mã nội dung: bản nộp lần 1 của phiếu số "):
            await verdict_on(stage, file.content)


def test_a_code_is_taken_as_typed_or_scanned() -> None:
    mark = "801f687c7c48a46f"
    for typed in (mark, "801f 687c 7c48 a46f", mark.upper(), f"HTTPS://TINH.EXAMPLE/V/{(mark * 4).upper()}"):
        assert digits(typed) in {mark, mark * 4}
    for wrong in ("xyz", mark[:8], "%" * 20, "g" * 64, "a" * 65):
        with refused(CaseError, match="không phải tệp hay mã nội dung"):
            digits(wrong)


def test_words_are_one_however_they_are_written() -> None:
    assert words("tie\u0302\u0301n đ\u00f4\u0323 \ufb01\nx\u00ad\u200by ........ …………") == [
        "tiến",
        "độ",
        "fi",
        "xy",
        "....",
        "....",
    ]
