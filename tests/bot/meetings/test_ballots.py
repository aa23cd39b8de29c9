"""A party cell of nine meets and votes twice, as B.III.2 of the plan of Sơn La has it: Mẫu số 11 on paper, then Mẫu số 12 in secret among whom it
put first; one is absent and counts in the base; two are equal at the last place, and nobody settles that but whom the plan names.
"""

from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from bot.balloting import protocol
from bot.balloting.protocol import RefusedError
from bot.booth.house import BoothHouse, Step
from bot.booth.pages import give_token, give_up_key
from bot.delivery.seam import NoJobs
from bot.documents.minutes import counts_of
from rules.balloting.poll import Mode, Poll, Stage
from rules.balloting.slips import Tally
from rules.nouns.values import Subject
from storage import Transaction
from storage.wake import of_meeting
from tests.bot.balloting.voters import Token, seal, teller_key
from tests.bot.meetings.talking import Talk
from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play

BOOK, TEAM, CELL = "son-la-rehab-2021", "Phòng Y tế", "Chi bộ Cơ sở"
GOOD = {"unit_rating": "good", "điểm anh/chị tự chấm": "80", "Tổng điểm tự chấm": "80"}
MEMBERS = ("head", "deputy", "p1", "p2", "p3", "p4", "p5", "p6", "p7")
ABSENT = "p7"
#: Who has handed their review in: the slip names them.
SENT = ("p1", "p2", "p3", "p4")


def office() -> Cast:
    """Nine members of the party in one room, and one in it who is none."""
    hire = Hiring("Cơ sở Điều trị nghiện ma túy tỉnh Nậm Hoa", above="Sở Lao động tỉnh Nậm Hoa", seed=5, prefix="NH")
    lead = {"subject": Subject.EMPLOYEE, "member": True}
    hire.one("director", "Giám đốc", role="head", group="Lãnh đạo", subject=Subject.EMPLOYEE)
    hire.unit(TEAM, in_charge="director")
    hire.unit("Chi ủy", in_charge="director")
    hire.one("cell", "Chi bộ", "Chi ủy", name=CELL, subject=Subject.PARTY_CELL)
    hire.unit("Phòng Hành chính", desk=True, in_charge="director")
    hire.one("head", "Trưởng phòng", TEAM, role="head", group="Lãnh đạo phòng", **lead)
    hire.one("deputy", "Phó Trưởng phòng", TEAM, role="deputy", group="Lãnh đạo phòng", **lead)
    hire.staff("p", 8, "Y sĩ", TEAM, members=7, subject=Subject.EMPLOYEE, group="Y sĩ")
    hire.one("desk", "Chuyên viên", "Phòng Hành chính", desk=True, subject=Subject.EMPLOYEE, group="Chuyên viên")
    return hire.done()


@pytest.fixture
async def talk(sqlite_url: str, tmp_path: Path):
    play = await Play.begin(sqlite_url, office(), "25/11/2021 08:00")
    await play.opens(tmp_path, BOOK, year=2021)
    for who in SENT:
        await (await play.phone(who)).hands_in_all(**GOOD)
    talk = Talk(play)
    await _cell_called(talk)
    play.on("29/11/2021 14:00")
    await talk.says("head", "/hop")
    await talk.presses("head", CELL)
    await talk.presses("head", "▶ Khai mạc")
    for who in MEMBERS[1:-1]:
        await talk.presses(who, "✓ Tôi có mặt")
    yield talk
    await play.ends()


async def _cell_called(talk: Talk) -> None:
    """The desk calls the meeting of the cell, whose row has no head, and hands the chair to a member; members alone are called."""
    await talk.says("desk", "/hop")
    await talk.presses("desk", f"＋ Lập cuộc họp: {CELL}")
    await talk.says("desk", "14h00 29/11/2021, phòng giao ban")
    async with talk.play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
    ids = talk.play.ids
    assert {one.id for one in meeting.members} == {ids[who] for who in MEMBERS}
    assert {one.person for one in meeting.items} == {ids[who] for who in (*MEMBERS, "cell")}
    assert meeting.items[0].person == ids["cell"]  # C.IV: the collective before its members
    await talk.presses("desk", "Các cuộc họp")
    await talk.presses("desk", CELL)
    await talk.presses("desk", "✉ Gửi lời mời")
    await talk.presses("desk", "Thành phần")
    await talk.presses("desk", talk.play.cast.name("head"))
    await talk.presses("desk", "Giao quyền chủ trì")
    await talk.says("desk", "Bí thư chi bộ chủ trì")
    assert "Chưa đến ngày họp" in await talk.presses("p1", "✓ Tôi có mặt")


async def newest(talk: Talk) -> Poll:
    """The poll of the meeting that was set last."""
    async with talk.play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
        return (await tx.polls.of_meeting(meeting.id))[-1]


async def first_round(talk: Talk) -> Poll:
    """On paper: three led by excellent, the others by good."""
    name = talk.play.cast.name
    await talk.presses("head", "☑ Bỏ phiếu")
    await talk.presses("head", "Lần 1")
    await talk.presses("head", "Phiếu giấy")
    (tellers, card) = [row[0].label for row in (await talk.play.phone("head")).answered.replies[-1].keyboard]
    assert (tellers, card) == ("Chọn tổ kiểm phiếu", "Mở lượt này")
    await talk.presses("head", "Chọn tổ kiểm phiếu")  # at once: whoever is there is offered
    shown = {key.label for row in (await talk.play.phone("head")).answered.replies[-1].keyboard for key in row}
    assert {name("p4"), name("p5")} <= shown
    assert name(ABSENT) not in shown
    for who in ("p4", "p5"):
        await talk.presses("head", name(who))
    await talk.presses("head", "Mở lượt này")
    poll = await newest(talk)
    assert {one.text for one in poll.lines} == {name(who) for who in SENT}
    assert {one.name for one in poll.voters} == {name(who) for who in MEMBERS}
    assert (poll.mode, [one.name for one in poll.tellers]) == (Mode.PAPER, [name("p4"), name("p5")])
    await talk.presses("head", "▶ Khóa, kiểm phiếu")
    await talk.presses("head", "✓ Đúng, làm ngay")
    leading = {name(who) for who in ("p1", "p2", "p3")}
    lines = {}
    for place, one in enumerate(poll.lines):
        many = 6 if one.text in leading else 2
        lines[str(place)] = {"excellent": many, "good": 8 - many, "completed": 0, "not_completed": 0}
    for attempt, returned in ((0, (8, 7)), (1, (8, 8))):  # first one of them has lost a slip
        for one, came in zip(poll.tellers, returned, strict=True):
            count = Tally(
                8, came, 0, lines if came == 8 else {line: dict.fromkeys(of, 0) for line, of in lines.items()}
            )
            async with talk.play.store.transaction() as tx:
                locked = await tx.polls.locked(poll.id)
                await protocol.enter_count(tx, locked, one.person, count, talk.play.clock(), attempt)
                await tx.commit()
    return await newest(talk)


async def test_the_wall_is_woken_once_a_ballot_is_counted(talk: Talk) -> None:
    async with talk.play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
    with talk.play.store.wake.sleeper(of_meeting(meeting.id)) as wall:
        poll = await first_round(talk)
        assert poll.stage is Stage.COUNTED
        assert await wall.sleep(0)  # the ballot alone went on: nothing happened in the meeting itself
    async with talk.play.store.reading() as tx:
        (after,) = await tx.meetings.of_office(1)
    assert after.last == meeting.last


async def test_two_rounds_with_a_tie(talk: Talk) -> None:
    name = talk.play.cast.name
    first = await first_round(talk)
    assert first.stage is Stage.COUNTED
    await talk.presses("head", "Mở lượt này")
    shown = await talk.presses("head", "Kết quả")
    assert f"Lần đếm 1 chưa khớp giữa {name('p4')} và {name('p5')}: số phiếu thu về 8/7" in shown
    asked = await talk.presses("head", "Lập lần bỏ phiếu sau")
    assert (
        "[Phiếu kín, trên trang] | [Công khai, ghi họ tên] | [Phiếu giấy]" in asked
    )  # the text does not say: as before is no answer
    assert await newest(talk) == first
    shown = await talk.presses("head", "Phiếu giấy")
    assert "9 người được bỏ phiếu" in shown
    second = await newest(talk)
    assert {one.text for one in second.lines} == {name(who) for who in ("p1", "p2", "p3")}
    assert second.meeting == first.meeting
    told = [one.who for one in await talk.play.all_told() if one.template == "notice/poll_teller"]
    assert sorted(told) == ["p4", "p4", "p5", "p5"]  # they count again, and hear of it
    assert second.places == 1  # 20% of nine who propose good, rounded down
    await talk.presses("head", "Mở lượt này")
    await talk.presses("head", "Sửa danh sách trên phiếu")
    await talk.says("head", f"{name('p1')}\n{name('p2')}\n{name('p3')}\n{name('p4')}")
    await talk.presses("head", "Sửa danh sách trên phiếu")
    await talk.says("head", f"{name('p1')}\n{name('p2')}\n{name('p3')}")
    assert {one.person for one in (await newest(talk)).lines} == {talk.play.ids[who] for who in ("p1", "p2", "p3")}
    assert "Lượt bỏ phiếu" in await _tries_to_close(talk)
    await _made_secret(talk)


async def _tries_to_close(talk: Talk) -> str:
    await talk.presses("head", "◀ Về cuộc họp")
    shown = await talk.presses("head", "Bế mạc")
    assert "chưa xong" in shown
    return shown


async def _made_secret(talk: Talk) -> None:
    """The second round is given up and set again in secret by the chair, then counted."""
    name = talk.play.cast.name
    await _press_poll(talk)
    await talk.presses("head", "✕ Kết thúc")
    await talk.presses("head", "✓ Đúng, làm ngay")
    await talk.presses("head", "Mở lượt này")
    await talk.presses("head", "◀ Về cuộc họp")
    await talk.presses("head", "☑ Bỏ phiếu")
    await talk.presses("head", "Lần 2")
    await talk.presses("head", "Phiếu kín")
    await talk.presses("head", "Mở lượt này")
    poll = await newest(talk)
    assert {one.text for one in poll.lines} == {name("p1"), name("p2"), name("p3")}  # those the first round put forward
    assert poll.places == 1
    await talk.presses("head", "Chọn tổ kiểm phiếu")
    for who in ("p3", "p4", "p5"):
        await talk.presses("head", name(who))
    secrets = {}
    for one in (await newest(talk)).tellers:
        secrets[one.person], public = teller_key()
        async with talk.play.store.transaction() as tx:
            await protocol.keep_key(tx, await tx.polls.locked(poll.id), one.person, public)
            await tx.commit()
    await talk.presses("head", "Mở lượt này")
    await talk.presses("head", "▶ Phát phiếu")
    await talk.presses("head", "✓ Đúng, làm ngay")
    tokens = await _received(talk, poll.id)
    await talk.presses("head", "Mở lượt này")
    await talk.says("p6", "/hop")
    assert "Đã ghi anh/chị ra về" in await talk.presses("p6", "Tôi ra về")  # with a token in the hand: it counts still
    await talk.presses("head", "▶ Mở bỏ phiếu")
    await talk.presses("head", "✓ Đúng, làm ngay")
    await _cast(talk, poll.id, tokens)
    await talk.presses("head", "Mở lượt này")
    await talk.presses("head", "▶ Khóa, kiểm phiếu")
    await talk.presses("head", "✓ Đúng, làm ngay")
    for person, secret in list(secrets.items())[:2]:
        async with talk.play.store.transaction() as tx:
            await give_up_key(_step(talk, tx, await tx.polls.locked(poll.id), person, secret=_b64(secret)))
            await tx.commit()
    told = [(one.who, one.template) for one in await talk.play.all_told()]
    assert told.count(("head", "notice/poll_counted")) == 1  # who set it, leads the meeting and heads the room, once
    assert ("desk", "notice/poll_tie") in told  # what nobody here settles
    await talk.presses("head", "Mở lượt này")
    shown = await talk.presses("head", "Kết quả")
    assert "trên 2/3" in shown
    assert "Ngang phiếu ở chỉ tiêu cuối, còn 1 chỗ." in shown
    assert "Do đảng ủy quyết định, hệ thống không chọn thay." in shown
    await _stands_everywhere(talk)


async def _press_poll(talk: Talk) -> None:
    poll = await newest(talk)
    phone = await talk.play.phone("head")
    await phone.presses("vote_card", str(poll.id))


async def _received(talk: Talk, poll_id: int) -> list[Token]:
    """Who is there receives a token; who is absent has no way in, neither in chat nor on the page."""
    tokens = []
    for who in MEMBERS:
        async with talk.play.store.transaction() as tx:
            poll = await tx.polls.locked(poll_id)
            token = Token(poll.public)
            step = _step(talk, tx, poll, talk.play.ids[who], blinded=_b64(token.blinded))
            if who == ABSENT:
                with pytest.raises(RefusedError, match="not_there"):
                    await give_token(step)
                continue
            answer = await give_token(step)
            await tx.commit()
        token.finish(_bytes(answer["signed"]))
        tokens.append(token)
    await talk.says(ABSENT, "/bophieu")
    await (await talk.play.phone(ABSENT)).presses("vote_card", str(poll_id))
    assert "bấm “Tôi có mặt”" in await talk.presses(ABSENT, "Vào trang bỏ phiếu")
    return tokens


def _step(talk: Talk, tx: Transaction, poll: Poll, person: int, **given: str) -> Step:
    """What the page sends."""
    house = BoothHouse(talk.play.store, talk.play.clock, talk.play.house.books, NoJobs())
    return Step(tx, poll, given, talk.play.clock(), house, person)


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: object) -> bytes:
    return b64decode(str(text))


async def _cast(talk: Talk, poll_id: int, tokens: list[Token]) -> None:
    """Seven for the first two, six for the third."""
    for place, token in enumerate(tokens):
        marks = ("yes" if place < 7 else "no", "yes" if place else "no", "yes" if place < 6 else "no")
        async with talk.play.store.transaction() as tx:
            poll = await tx.polls.locked(poll_id)
            await protocol.cast(tx, poll, token.ballot(seal(poll, marks)))
            await tx.commit()


async def _stands_everywhere(talk: Talk) -> None:
    """In the item, and in the minutes by name; the meeting can be closed now."""
    async with talk.play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
        counts = await counts_of(tx, meeting)
    assert [(one.title[:5], one.entitled, one.given, one.counted) for one in counts] == [
        ("Lần 1", 9, 8, 8),
        ("Lần 2", 9, 8, 8),
    ]
    assert [one.apart for one in counts] == [1, 0]
    first = (await newest(talk)).lines[0].text
    assert (first, "yes", 7) in counts[1].results
    phone = await talk.play.phone("head")
    await phone.presses("vote_card", str((await newest(talk)).id))
    await talk.presses("head", "◀ Về cuộc họp")
    number = next(place for place, one in enumerate(meeting.items, 1) if one.name == first)
    shown = await talk.presses("head", str(number))
    assert "Đồng ý: 7; Không đồng ý: 1 (thu về 8 phiếu, 9 người có quyền bỏ phiếu)" in shown
    await talk.presses("head", "◀ Về cuộc họp")
    await talk.presses("head", "Bế mạc")
    assert "đã bế mạc" in await talk.presses("head", "Bế mạc cuộc họp")
