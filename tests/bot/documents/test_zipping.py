"""A ZIP that is streamed: one file at a time is held, any program opens it, and it is the same again."""

import io
import zipfile

from bot.documents.zipping import zipped

FILES = [(f"Phòng A/CB-{number:02} Trần Thị Hoa Mai – Mẫu số 02.docx", bytes([number]) * 5000) for number in range(40)]


async def made(files, asked=None) -> bytes:
    async def some():
        for file in files:
            if asked is not None:
                asked.append(file[0])
            yield file

    return b"".join([piece async for piece in zipped(some())])


async def test_it_is_a_zip_with_whole_heads() -> None:
    content = await made(FILES)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert [(one.filename, package.read(one)) for one in package.infolist()] == FILES
        assert not any(one.flag_bits & 0x08 for one in package.infolist()), "sizes stand in front of each file"


async def test_it_is_made_as_it_is_taken() -> None:
    asked: list[str] = []

    async def some():
        for file in FILES:
            asked.append(file[0])
            yield file

    pieces = zipped(some())
    for taken in range(1, 11):
        piece = await anext(pieces)
        assert len(asked) == taken, "nothing is made before it is wanted"
        assert len(piece) < 5000 + 200, "and nothing of the others is held"
    await pieces.aclose()


async def test_the_same_files_are_the_same_bytes() -> None:
    assert await made(FILES) == await made(FILES)


async def test_none_is_an_empty_zip() -> None:
    assert zipfile.ZipFile(io.BytesIO(await made([]))).namelist() == []
