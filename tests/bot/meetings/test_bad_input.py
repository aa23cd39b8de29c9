"""What goes wrong in a meeting has a defined outcome: nothing is lost, nothing is counted twice, and each refusal says what to do."""

import asyncio
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.campaign.results.tables import parts_of
from bot.turn.house import House
from bot.turn.papers import to_print
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Said
from dialogs.core.turn import DeskFile, Papers
from rules.balloting.poll import Line, Mode, Poll
from rules.balloting.slips import Tally
from rules.book.ballots import Choices
from rules.book.dossier import Of
from rules.book.meeting import QuorumRule
from rules.campaign.assembling import From, Scope
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.meeting import Status
from storage.kept_files import KeptFiles
from storage.repositories.polls import Counted
from tests.bot.meetings.conftest import concluded, deputy_at_hand, item_of, meeting, opened, press
from tests.bot.playing import shelf
from tests.campaigns.stage import Play

QUORUM = QuorumRule(
    Fraction(2, 3), "Quy chế thí dụ, Điều 3", "Cuộc họp phải có ít nhất hai phần ba số người được triệu tập"
)
NASTY = "<b>{{ 7 * 7 }}</b> #eval(1) =1+1"


async def test_what_a_phone_sends_again_after_ten_minutes_without_network_counts_once(play: Play) -> None:
    await opened(play, "an")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review)
    phone = await play.phone("an")
    first = await phone.does(Said("Phối hợp tốt"), "u-1")
    play.clock.forward(minutes=10)
    again = await phone.does(Said("Phối hợp tốt"), "u-1")
    assert [one.html for one in first.replies] == [one.html for one in again.replies]
    (item,) = [one for one in (await meeting(play)).items if one.review == review]
    assert [one.text for one in item.comments] == ["Phối hợp tốt"]


async def test_everybody_taps_at_once_and_everybody_is_there(play: Play) -> None:
    await opened(play)
    phones = [await play.phone(who) for who in ("deputy", "an", "binh", "chi")]
    await asyncio.gather(*(phone.does(Pressed(Button("meeting_came", 0, ("1",)))) for phone in phones))
    assert len((await meeting(play)).present) == 5


async def test_a_comment_that_comes_after_the_conclusion_is_told_and_not_kept(play: Play) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review)
    await concluded(play, review)
    phone = await play.phone("an")
    await phone.says("Muộn rồi")
    assert "chưa ghi" in phone.text
    item = (await meeting(play)).item(review)
    assert item is not None
    assert (item.comments, len(item.conclusions)) == ((), 1)


async def test_of_two_chairs_the_one_before_is_refused_and_told_who_has_it(play: Play) -> None:
    await opened(play, "deputy")
    review = await deputy_at_hand(play)
    await press(play, "deputy", "meeting_take", says="Trưởng phòng mất liên lạc")
    told = await concluded(play, review)
    assert play.cast.name("deputy") in told
    item = (await meeting(play)).item(review)
    assert item is not None
    assert item.conclusion is None
    assert [one.line for one in (await meeting(play)).chairs] == ["", "Trưởng phòng mất liên lạc"]


async def test_nobody_concludes_on_themself_however_the_chair_came(play: Play) -> None:
    await opened(play, "deputy")
    review = await deputy_at_hand(play)
    await press(play, "deputy", "meeting_take", says="Tôi chủ trì")
    assert "Không ai tự kết luận" in await press(play, "deputy", "meeting_conclude", review)
    phone = await play.phone("deputy")  # and the way on: the chair goes to somebody who is there
    await phone.presses("meeting_chair_own", "1", str(review), str(play.ids["head"]))
    assert (await meeting(play)).chair == play.ids["head"]


async def test_over_the_quota_is_shown_and_never_forced(play: Play) -> None:
    await opened(play, "an")
    review = await deputy_at_hand(play)
    phone = await play.phone("head")
    await press(play, "head", "meeting_conclude", review, says="Rất tốt")
    await phone.says("Không")
    shown = await press(play, "head", "meeting_rate", review, 0, "excellent")
    assert "⚠" in shown
    assert "Vẫn đề nghị được" in shown
    await press(play, "head", "meeting_concluded", review)
    item = (await meeting(play)).item(review)
    assert item is not None
    assert item.conclusion is not None
    assert item.conclusion.ratings[0].rating.value == "excellent"


class WithQuorum:
    """The shelf, with a quorum in every book."""

    def __init__(self, books: Any) -> None:
        self._books = books

    def __getitem__(self, edition: Any) -> Any:
        book = self._books[edition]
        return replace(book, meeting=replace(book.meeting, quorum=QUORUM))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._books, name)


async def test_a_quorum_lost_half_way_lets_nothing_be_concluded_and_keeps_what_was_said(play: Play) -> None:
    await opened(play, "an", "binh", "deputy")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says="Tốt")
    house: House = replace(play.house, books=WithQuorum(play.house.books))
    for phone in play.phones.values():
        phone.house = house
    assert "ưu điểm" in await press(play, "head", "meeting_conclude", review)
    await press(play, "binh", "meeting_left")
    phone = await play.phone("head")
    await phone.says("Làm tốt")  # was asked for while enough were there
    assert "Lời anh/chị vừa gửi chưa được ghi" in phone.text
    told = await press(play, "head", "meeting_conclude", review)
    assert "phải có ít nhất 4" in told
    assert "Quy chế thí dụ, Điều 3" in told
    assert "chưa được ghi" not in told
    assert phone.sees("meeting_interrupt")
    item = (await meeting(play)).item(review)
    assert item is not None
    assert [one.text for one in item.comments] == ["Tốt"]


async def test_minutes_hold_texts_of_people_as_they_are_and_lie_in_the_dossier(play: Play, tmp_path: Path) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says=NASTY)
    await concluded(play, review)
    await press(play, "head", "meeting_close_now")
    await press(play, "head", "meeting_lay", 0)
    await press(play, "an", "meeting_agree", 1)
    assert "bản mới hơn" in await press(play, "binh", "meeting_agree", 7)
    reader = play.ids["an"]
    (word,) = await play.house.documents(reader, DeskFile("minutes_1", "docx"))
    assert NASTY in "\n".join(one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs)
    (pdf,) = await play.house.documents(reader, DeskFile("minutespdf_1", "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert not await play.house.documents(play.ids["chief"], DeskFile("minutes_1", "docx"))
    await press(play, "head", "meeting_adopt_now", 1)
    assert (await meeting(play)).status is Status.ADOPTED
    assert "không thay đổi được nữa" in await press(play, "an", "meeting_comment", review)
    async with play.store.reading() as tx:
        room = (await meeting(play)).unit
        campaign = await tx.campaigns.get((await meeting(play)).campaign)
        parts = await parts_of(tx, play.house.books, campaign)
        dossier = await dossier_of(tx, play.house.books, parts, Scope(Of.UNIT, room), play.clock())
        there = [one for listed in dossier.lists for line in listed.lines for part in line.parts for one in part.files]
        assert [one.source for one in there if one.source is From.MINUTES] == [From.MINUTES]
        paths = [path async for path, _ in dossier_files(tx, dossier, KeptFiles(tmp_path))]
    assert {path.rpartition(".")[2] for path in paths if "Biên bản cuộc họp" in path} == {"docx", "pdf"}


async def _laid(play: Play) -> int:
    """A meeting that is closed with a comment in it; its minutes are laid, and those who were there agree. The number of the comment."""
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says="Phối hợp tốt")
    await press(play, "head", "meeting_close_now")
    await press(play, "head", "meeting_lay", 0)
    for who in ("an", "binh", "head"):
        await press(play, who, "meeting_agree", 1)
    item = (await meeting(play)).item(review)
    assert item
    return item.comments[0].number


async def test_minutes_worded_otherwise_after_all_agreed_are_not_adopted_as_what_they_agreed_to(play: Play) -> None:
    number = await _laid(play)
    await press(play, "head", "meeting_word", number, says="Phối hợp chưa tốt")
    text = await press(play, "head", "meeting_adopt_now", 1)
    assert "xin gửi bản mới" in text
    assert (await meeting(play)).status is Status.CLOSED
    assert "xin gửi bản mới" in await press(play, "head", "meeting_adopt", 1)
    await press(play, "head", "meeting_lay", 1)
    await press(play, "head", "meeting_adopt_now", 2)
    after = await meeting(play)
    assert after.status is Status.ADOPTED
    async with play.store.reading() as tx:
        kept = await tx.meetings.minutes(1)
    assert kept
    assert kept.content["adopted"]["agreed"] == [play.cast.name("head")]  # by adopting them


async def test_a_ballot_counted_after_all_agreed_does_not_slip_into_minutes(play: Play) -> None:
    """It changes what the minutes would say, and nothing of the meeting tells of it."""
    await _laid(play)
    async with play.store.transaction() as tx:
        (office,) = (await tx.units.offices()).values()
        ours = Poll(0, office, play.ids["head"], "Bỏ phiếu", Mode.OPEN, Choices.AGREE, (Line("An"),), meeting=1)
        poll = await tx.polls.add(ours, play.clock())
        await tx.polls.keep_result(poll, Counted(Tally(3, 3, 0, {"0": {"yes": 3, "no": 0}}), ()))
        await tx.commit()
    await press(play, "head", "meeting_adopt_now", 1)
    async with play.store.reading() as tx:
        laid, kept = await tx.meetings.minutes(1, 1), await tx.meetings.minutes(1)
    assert laid
    assert kept
    assert kept.final
    assert {**kept.content, "adopted": None} == laid.content
    assert len(kept.content["adopted"]["agreed"]) == 3


async def test_what_was_made_of_one_item_is_never_concluded_of_another(play: Play) -> None:
    """The chair words one, hands the chair over, and has it back when another is gone through; an old button of that one is pressed."""
    await opened(play, "deputy", "an")
    first = await deputy_at_hand(play)
    await press(play, "head", "meeting_conclude", first, says="Của phó phòng")
    phone = await play.phone("head")
    await phone.says("Không")
    await press(play, "head", "meeting_rate", first, 0, "good")
    async with play.store.transaction() as tx:
        person = await tx.people.get(play.ids["deputy"])
        second = await item_of(play, "an")
        assert await tx.meetings.add(1, (NewHappening(Kind.TURNED, second, text="Trước"),), person, play.clock())
        await tx.commit()
    await press(play, "head", "meeting_concluded", second)
    item = (await meeting(play)).item(second)
    assert item
    assert item.conclusions == ()


async def test_nobody_comments_once_they_have_left_or_it_is_closed(play: Play) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    for who in ("an", "binh"):
        await press(play, who, "meeting_comment", review)
    await press(play, "head", "meeting_left", play.ids["an"])
    phones = [await play.phone(who) for who in ("an", "binh")]
    await phones[0].says("Nói từ ngoài")
    await press(play, "head", "meeting_close_now")
    await phones[1].says("Nói sau khi bế mạc")
    item = (await meeting(play)).item(review)
    assert item
    assert item.comments == ()


async def test_the_desk_does_not_ask_itself_in_to_read_papers_before_their_time(play: Play) -> None:
    """It may call a meeting of any unit; what the chain has not agreed to yet it reads of none."""
    async with play.store.reading() as tx:
        unit = (await tx.people.get(play.ids["an"])).unit_id
    await press(play, "desk", "meeting_new", unit, says="14h00 24/11/2023, phòng họp")
    await press(play, "desk", "meeting_guest", play.ids["desk"])
    assert (await meeting(play)).member(play.ids["desk"]) is None
    async with play.store.reading() as tx:
        review = await tx.reviews.get(await item_of(play, "an"))
        assert review
        assert review.draft
        wanted = Papers(review.id, review.draft.version, ("pages",))
        assert await to_print(tx, shelf(), play.ids["desk"], wanted, play.clock()) is None
