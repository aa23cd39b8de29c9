"""A ballot in chat: set by the head, tellers chosen, led from stage to stage, counted by the tellers' keys, and what follows of it."""

import re
from collections.abc import Iterable

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.balloting import protocol
from bot.codes import clean
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.balloting.poll import Mode, Poll, Stage
from rules.balloting.slips import Tally
from storage import Store
from storage.repositories.polls import Counted
from storage.tables import AUDIT, TURN
from tests.bot.balloting.voters import Token, seal, teller_key
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, Phone, staged
from tests.bot.playing import Stage as Office


@pytest_asyncio.fixture
async def office(store: Store) -> Office:
    return await staged(store)


async def newest(office: Office, mode: Mode | None = None) -> Poll:
    """The poll that was set last."""
    async with office.store.reading() as tx:
        (id_, *_) = (await tx.units.offices()).values()
        found = max(await tx.polls.of_office(id_), key=lambda one: one.id)
    assert mode is None or found.mode is mode
    return found


async def sets(head: Phone, mode: str = "s", lines: str = "Tập thể phòng\nBùi Thị Mai") -> None:
    """A question of one's own."""
    await head.commands("bophieu")
    await head.presses("vote_new")
    await head.presses("vote_rule", "-", "agree")
    await head.presses("vote_mode", "-", "agree", mode)
    await head.says(f"Bình xét thi đua năm 2020\n{lines}")
    assert "Đã lập" in head.text
    await head.presses("vote_card")


async def names(office: Office) -> list[str]:
    """The voters of the newest poll."""
    return [one.name for one in (await newest(office)).voters]


async def test_a_secret_ballot_from_the_chat_to_the_count(office: Office) -> None:
    head = await office.phone_of(HEAD)
    await sets(head)
    poll = await newest(office, Mode.SECRET)
    assert [one.text for one in poll.lines] == ["Tập thể phòng", "Bùi Thị Mai"]
    assert "tổ kiểm phiếu" in head.text
    await head.presses("vote_tellers")
    await head.says("\n".join((await names(office))[:2]))
    assert "từ 3 đến 5 người" in head.text
    await head.says("\n".join([*(await names(office))[:3], "Không Có Ai"]))
    assert "Không Có Ai" in head.text
    tellers = (await names(office))[:3]
    await head.says("\n".join(f"{place}. {one}" for place, one in enumerate(tellers, 1)))
    poll = await newest(office)
    assert [one.name for one in poll.tellers] == tellers
    assert "tạo chìa khóa trên máy" in head.text
    secrets = await make_keys(office, poll)
    await head.presses("vote_card", str(poll.id))
    await leads(head, "gathering")
    poll = await newest(office)
    tokens = await receive(office, poll, [one.person for one in poll.voters])
    await head.presses("vote_card", str(poll.id))
    await leads(head, "casting")
    await cast(office, poll, tokens.values())
    await head.presses("vote_card", str(poll.id))
    await leads(head, "closed")
    for person in list(secrets)[:2]:
        async with office.store.transaction() as tx:
            await protocol.give_up_key(tx, await _locked(tx, poll.id), person, secrets[person], office.clock())
            await tx.commit()
    await head.presses("vote_card", str(poll.id))
    await head.presses("vote_result", str(poll.id))
    count = len(poll.voters)
    assert f"Phát ra: {count}. Thu về: {count}. Không hợp lệ: 0." in head.text
    assert f"1. Tập thể phòng: đồng ý {count}, không đồng ý 0." in head.text
    assert "Mọi phiếu hợp lệ như nhau" in head.text
    assert "Quy định không nêu tỷ lệ phiếu" in head.text
    # In the chat and the audit stand stages, and nothing of a ballot.
    async with office.store.reading() as tx:
        told = [str(row) for table in (AUDIT, TURN) for row in (await tx.connection.execute(sa.select(table))).all()]
    assert not any(
        token.message.hex() in line or "cast" in re.sub("casting|broadcast", "", line)
        for line in told
        for token in tokens.values()
    )


async def make_keys(office: Office, poll: Poll) -> dict[int, bytes]:
    """The tellers' phones make their keys; the private ones."""
    secrets = {}
    for one in poll.tellers:
        secrets[one.person], public = teller_key()
        async with office.store.transaction() as tx:
            await protocol.keep_key(tx, await _locked(tx, poll.id), one.person, public)
            await tx.commit()
    return secrets


async def receive(office: Office, poll: Poll, people: Iterable[int]) -> dict[int, Token]:
    """Their phones ask for a token."""
    assert poll.public
    tokens = {}
    for one in people:
        tokens[one] = Token(poll.public)
        async with office.store.transaction() as tx:
            signed = await protocol.give_token(tx, await _locked(tx, poll.id), one, tokens[one].blinded)
            await tx.commit()
        tokens[one].finish(signed)
    return tokens


async def cast(office: Office, poll: Poll, tokens: Iterable[Token]) -> None:
    """A ballot for each."""
    for token in tokens:
        async with office.store.transaction() as tx:
            await protocol.cast(tx, await _locked(tx, poll.id), token.ballot(seal(poll, ("yes", "no"))))
            await tx.commit()


async def led_until_tokens(office: Office, head: Phone) -> Poll:
    """A secret ballot of which tokens are given."""
    await sets(head)
    await head.presses("vote_tellers")
    await head.says("\n".join((await names(office))[:3]))
    await make_keys(office, await newest(office, Mode.SECRET))
    await head.presses("vote_card")
    await leads(head, "gathering")
    return await newest(office)


async def test_nobody_is_had_vote_alone_by_tokens_that_are_given_to_few(office: Office) -> None:
    """Whoever leads opens voting when the one whose vote they want to know has a token: not with one; with few everybody reads it first."""
    head = await office.phone_of(HEAD)
    poll = await led_until_tokens(office, head)
    first, second, *_ = poll.voters
    await receive(office, poll, [first.person])
    await head.presses("vote_card", str(poll.id))
    assert "Mới một người nhận phiếu" in head.text
    assert not [one for one in head.shown if one.data.endswith("casting")]
    await head.does(Pressed(Button("vote_sure", 0, (str(poll.id), "casting"))))  # a press made by hand
    assert "Mới một người nhận phiếu" in head.text
    assert (await newest(office)).stage is Stage.GATHERING
    await receive(office, poll, [second.person])
    await head.presses("vote_card", str(poll.id))
    assert "Ít hơn 5 người" not in head.text
    await head.presses("vote_go", str(poll.id), "casting")
    assert "Ít hơn 5 người nhận phiếu" in head.text
    await head.presses("vote_sure", str(poll.id), "casting")
    await head.presses("vote_card", str(poll.id))
    assert "Ít hơn 5 người nhận phiếu" in head.text


async def test_a_box_is_not_closed_to_read_the_one_ballot_that_is_in_it(office: Office) -> None:
    """Who leads may have one vote first, close, and read that one in the count: not while fewer than five of many have cast."""
    head = await office.phone_of(HEAD)
    poll = await led_until_tokens(office, head)
    tokens = [*(await receive(office, poll, [one.person for one in poll.voters])).values()]
    await head.presses("vote_card", str(poll.id))
    await leads(head, "casting")
    half = -(-len(tokens) // 2)
    await cast(office, poll, tokens[: min(5, half) - 1])
    await head.presses("vote_card", str(poll.id))
    assert "Chưa khóa thùng được" in head.text
    await cast(office, poll, tokens[min(5, half) - 1 : min(5, half)])
    await head.presses("vote_card", str(poll.id))
    assert "Chưa khóa thùng được" not in head.text
    await leads(head, "closed")


async def leads(head: Phone, to: str) -> None:
    """The next stage, asked about once."""
    poll = next(one for one in head.shown[::-1] if one.data.startswith("vote_go") and one.data.endswith(to))
    await head.presses("vote_go", poll.data.split(":")[2], to)
    await head.presses("vote_sure", poll.data.split(":")[2], to)
    assert "✓" in head.text


async def _locked(tx, poll: int) -> Poll:
    found = await tx.polls.locked(poll)
    assert found
    return found


async def test_who_votes_is_whom_the_head_names(office: Office) -> None:
    head = await office.phone_of(HEAD)
    await sets(head)
    everybody = await names(office)
    await head.presses("vote_voters")
    await head.says("\n".join(everybody[:4]).lower())
    assert sorted(await names(office)) == sorted(everybody[:4])
    assert "Ít hơn 5 người" in head.text


async def test_a_vote_by_name_is_counted_when_the_head_ends_it(office: Office) -> None:
    head = await office.phone_of(HEAD)
    await sets(head, "o")
    await leads(head, "casting")
    poll = await newest(office)
    first, *others = [one.name for one in poll.voters]
    for place, one in enumerate(poll.voters):
        await head.presses("vote_card", str(poll.id))
        assert f"Đã biểu quyết: {place} trên {len(poll.voters)} người." in head.text
        assert f"Chưa biểu quyết: {', '.join([first, *others][place:])}." in head.text
        async with office.store.transaction() as tx:
            await protocol.vote(tx, await _locked(tx, poll.id), one.person, ("yes", "no" if place else ""))
            await tx.commit()
    await head.presses("vote_card", str(poll.id))
    assert "Chưa biểu quyết" not in head.text
    await leads(head, "counted")
    await head.presses("vote_card", str(poll.id))
    await head.presses("vote_result", str(poll.id))
    assert f"Đã biểu quyết: {len(poll.voters)}." in head.text
    assert "bỏ trống 1" in head.text
    assert f"Đồng ý: {', '.join([first, *others])}." in head.text  # by name means: whoever leads reads whose is which
    assert f"Không đồng ý: {', '.join(others)}." in head.text


async def test_the_link_knows_who_it_is_and_the_newest_alone_holds(office: Office) -> None:
    head, mai = await office.phone_of(HEAD), await office.phone_of(EMPLOYEE)
    await sets(head)
    poll = await newest(office)
    codes = []
    for _ in range(2):
        await mai.commands("bophieu")
        await mai.presses("vote_card", str(poll.id))
        await mai.presses("vote_in", str(poll.id))
        found = re.search(rf"https://tusoi\.example/phieu/{poll.address}#(\w+)", mai.text)
        assert found
        codes.append(clean(found[1]))
    async with office.store.reading() as tx:
        assert [await tx.polls.by_code(poll.id, code) for code in codes] == [None, await office.person(EMPLOYEE)]


@pytest.mark.parametrize("who", [EMPLOYEE, COLLEAGUE])
async def test_who_leads_no_unit_sets_and_leads_no_poll(office: Office, who: str) -> None:
    head, other = await office.phone_of(HEAD), await office.phone_of(who)
    await sets(head)
    poll = await newest(office)
    await other.commands("bophieu")
    assert not [one for one in other.shown if one.data.startswith("vote_new")]
    await other.presses("vote_card", str(poll.id))
    for button in head.shown:
        if button.data.startswith(("vote_go", "vote_voters", "vote_tellers", "vote_new")):
            other.shown.append(button)
    for verb in ("vote_go", "vote_voters", "vote_tellers"):
        await other.presses(verb, str(poll.id))
        assert "do người chủ trì, người đứng đầu đơn vị hoặc bộ phận tổ chức" in other.text
    await other.presses("vote_new")
    assert "do người chủ trì" in other.text
    assert (await newest(office)).stage is Stage.PREPARING


async def test_paper_is_counted_by_the_tellers_and_a_tie_is_left_to_whom_the_clause_names(office: Office) -> None:
    head = await office.phone_of(HEAD)
    await sets(head, "p")
    await head.presses("vote_tellers")
    await head.says("\n".join((await names(office))[:2]))
    poll = await newest(office)
    await leads(head, "closed")
    entitled = len(poll.voters)
    count = Tally(entitled, entitled, 0, {"0": {"yes": entitled, "no": 0}, "1": {"yes": 1, "no": 2}})
    for one in poll.tellers:
        async with office.store.transaction() as tx:
            await protocol.enter_count(tx, await _locked(tx, poll.id), one.person, count, office.clock(), 0)
            await tx.commit()
    async with office.store.reading() as tx:
        assert await tx.polls.result(poll.id) == Counted(count, ())
    await head.presses("vote_card", str(poll.id))
    await head.presses("vote_result", str(poll.id))
    assert f"bỏ trống {entitled - 3}" in head.text


async def test_what_has_begun_is_amended_no_more_and_may_end_without_a_result(office: Office) -> None:
    head, chief = await office.phone_of(HEAD), await office.phone_of(CHIEF)
    await sets(head, "o")
    poll = await newest(office)
    await head.presses("vote_voters")
    await leads(head, "casting")
    await head.presses("vote_voters", str(poll.id))
    assert "Đã bắt đầu phát phiếu nên không sửa được nữa" in head.text
    await head.presses("vote_card", str(poll.id))
    await leads(head, "ended")
    assert (await newest(office)).stage is Stage.ENDED
    await head.presses("vote_go", str(poll.id), "ended")
    assert "đã kết thúc" in head.text
    await chief.commands("bophieu")
    assert chief.text
