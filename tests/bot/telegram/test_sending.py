"""Worded replies on the person's phone, over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.door.channel import Blocked, Document, Later, Rejected, Worded, WordedKey
from bot.telegram.pacing import Lane
from bot.telegram.sending import Sender
from bot.telegram.service import Telegram
from dialogs.core.turn import Papers
from tests.bot.telegram.conftest import Opening, SmallHouse
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_chat import Person
from tests.standins.telegram_png import page

KEYBOARD = ((WordedKey("Tốt", "a:1:good"), WordedKey("Đạt", "a:1:met")), (WordedKey("Quay lại", "back:1"),))
PAPERS = Papers(1, 0, ("pages", "docx", "pdf"))
DOCX = Document("docx", "Mẫu 02 - An.docx", b"PK docx")
PDF = Document("pdf", "Mẫu 02 - An.pdf", b"%PDF")


@pytest.fixture
async def opened(channel: Opening) -> AsyncIterator[Telegram]:
    async with channel() as open_:
        yield open_


@pytest.fixture
def sender(opened: Telegram) -> Sender:
    return opened.sender


@pytest.fixture
def an(telegram: TelegramStandIn) -> Person:
    person = telegram.person("An", 1001)
    person.started = True
    return person


def pages(count: int) -> tuple[Document, ...]:
    return tuple(Document("page", f"trang-{number}.png", page()) for number in range(1, count + 1))


def kinds(an: Person) -> list[str]:
    return [bubble.kind for bubble in an.bubbles]


async def test_markup_becomes_formatting_and_texts_of_people_stay_as_typed(sender, an):
    ids = await sender.send("1001", Worded("<b>Họ tên:</b> &lt;script&gt; {{ 1 }} #eval *x* &amp;amp;"))
    assert an.texts == ["Họ tên: <script> {{ 1 }} #eval *x* &amp;"]
    assert [entity.kind for entity in an.bubbles[0].entities] == ["bold"]
    assert ids == (an.bubbles[0].id,)


async def test_the_keyboard_stands_in_its_rows(sender, an):
    await sender.send("1001", Worded("Chọn", KEYBOARD))
    assert an.bubbles[0].keyboard == ((("Tốt", "a:1:good"), ("Đạt", "a:1:met")), (("Quay lại", "back:1"),))


async def test_ten_thousand_characters_arrive_whole_with_the_keyboard_under_the_last_part(sender, an):
    text = "\n\n".join(["Nội dung đã làm trong năm. " * 36 + "Hết."] * 10)
    ids = await sender.send("1001", Worded(text, KEYBOARD))
    assert len(ids) == 3
    assert [bool(bubble.keyboard) for bubble in an.bubbles] == [False, False, True]
    assert "\n\n".join(an.texts) == text


async def test_half_of_a_character_does_not_stop_a_message(sender, an):
    await sender.send("1001", Worded("a\ud83d"))
    assert an.texts == ["a\ufffd"]


async def test_a_replacing_reply_edits_the_pressed_message(sender, an):
    [first] = await sender.send("1001", Worded("Câu 3", KEYBOARD))
    assert await sender.send("1001", Worded("Đã ghi câu 3", replaces=True), pressed=first) == (first,)
    assert an.texts == ["Đã ghi câu 3"]
    assert an.bubbles[0].keyboard == ()


async def test_another_reply_leaves_the_pressed_message_and_its_keyboard(sender, an):
    [first] = await sender.send("1001", Worded("Câu 3", KEYBOARD))
    await sender.send("1001", Worded("Câu 4"), pressed=first)
    assert an.texts == ["Câu 3", "Câu 4"]
    assert an.bubbles[0].keyboard != ()


async def test_the_same_text_once_more_is_no_error_and_no_new_message(sender, an):
    [first] = await sender.send("1001", Worded("Câu 3", KEYBOARD))
    assert await sender.send("1001", Worded("Câu 3", KEYBOARD, replaces=True), pressed=first) == (first,)
    assert an.texts == ["Câu 3"]


async def test_a_message_that_is_gone_is_replaced_by_a_new_one(sender, an):
    [first] = await sender.send("1001", Worded("Câu 3", KEYBOARD))
    an.deletes(an.bubbles[0])
    [second] = await sender.send("1001", Worded("Đã ghi", replaces=True), pressed=first)
    assert second != first
    assert an.texts == ["Đã ghi"]


async def test_a_long_replacing_reply_edits_and_goes_on_below(sender, an):
    [first] = await sender.send("1001", Worded("Câu 3"))
    ids = await sender.send("1001", Worded("x" * 5000, KEYBOARD, replaces=True), pressed=first)
    assert ids[0] == first
    assert [bool(bubble.keyboard) for bubble in an.bubbles] == [False, True]


async def test_pages_come_as_a_group_files_by_their_names_and_the_buttons_last(sender, an, house: SmallHouse):
    house.files = (*pages(3), DOCX, PDF)
    await sender.send("1001", Worded("Bản của anh/chị", KEYBOARD, PAPERS), person=7)
    assert kinds(an) == ["photo", "photo", "photo", "document", "document", "text"]
    assert len({bubble.album for bubble in an.bubbles[:3]}) == 1
    assert [bubble.name for bubble in an.bubbles[3:5]] == ["Mẫu 02 - An.docx", "Mẫu 02 - An.pdf"]
    assert [bubble.content for bubble in an.bubbles[3:5]] == [b"PK docx", b"%PDF"]


async def test_words_without_buttons_come_before_their_papers(sender, an, house: SmallHouse):
    house.files = pages(1)
    await sender.send("1001", Worded("Trang đầu", attached=PAPERS), person=7)
    assert kinds(an) == ["text", "photo"]


async def test_eleven_pages_are_a_group_of_ten_and_one(sender, an, telegram: TelegramStandIn, house: SmallHouse):
    house.files = pages(11)
    await sender.send("1001", Worded("Bản", attached=PAPERS), person=7)
    assert len(telegram.sent("sendMediaGroup")) == 1
    assert len(telegram.sent("sendPhoto")) == 1
    assert kinds(an) == ["text"] + ["photo"] * 11


async def test_words_with_papers_never_replace_since_the_buttons_belong_below(sender, an, house: SmallHouse):
    [first] = await sender.send("1001", Worded("Xem trước?", KEYBOARD))
    house.files = pages(1)
    await sender.send("1001", Worded("Bản", KEYBOARD, PAPERS, replaces=True), person=7, pressed=first)
    assert kinds(an) == ["text", "photo", "text"]


async def test_a_document_that_cannot_be_made_does_not_swallow_the_words(opened: Telegram, an):
    async def broken(person: int, papers: Papers) -> tuple[Document, ...]:
        raise RuntimeError("no page")

    with pytest.raises(Rejected):
        await Sender(opened.bot, broken).send("1001", Worded("Bản", KEYBOARD, PAPERS), person=7)
    assert an.texts == ["Bản"]


async def test_who_blocked_the_bot_is_blocked(sender, an):
    an.blocked = True
    with pytest.raises(Blocked):
        await sender.send("1001", Worded("Nhắc"), lane=Lane.NOTICE)


async def test_who_never_spoke_to_the_bot_counts_as_blocked(sender, telegram: TelegramStandIn):
    telegram.person("Bình", 1002)
    with pytest.raises(Blocked):
        await sender.send("1002", Worded("Nhắc"), lane=Lane.NOTICE)


async def test_markup_telegram_cannot_parse_is_our_mistake(sender, an):
    with pytest.raises(Rejected, match="parse entities"):
        await sender.send("1001", Worded("<h1>Bản</h1>"))


async def test_a_notice_that_meets_a_429_comes_back_to_its_job(sender, an, telegram: TelegramStandIn):
    telegram.flood("sendMessage", retry_after=7)
    with pytest.raises(Later) as refused:
        await sender.send("1001", Worded("Nhắc"), lane=Lane.NOTICE)
    assert refused.value.seconds == 7


async def test_a_notice_that_has_begun_is_finished_and_not_sent_twice(sender, an, telegram, house: SmallHouse):
    house.files = (*pages(2), DOCX)
    telegram.flood("sendDocument", retry_after=1)
    await sender.send("1001", Worded("Chờ anh/chị duyệt", KEYBOARD, PAPERS), person=7, lane=Lane.NOTICE)
    assert kinds(an) == ["photo", "photo", "document", "text"]


async def test_documents_come_although_the_courtesy_of_announcing_them_is_refused(
    sender, an, telegram, house: SmallHouse
):
    house.files = (DOCX,)
    telegram.flood("sendChatAction", retry_after=1)
    await sender.send("1001", Worded("Bản", attached=PAPERS), person=7)
    assert kinds(an) == ["text", "document"]


async def test_a_reply_that_meets_a_429_waits_and_goes_out(sender, an, telegram: TelegramStandIn):
    telegram.flood("sendMessage", retry_after=1)
    await sender.send("1001", Worded("Câu 3"))
    first, second = (call for call in telegram.calls if call.method == "sendmessage")
    assert (first.status, second.status) == (429, 200)
    assert second.at - first.at >= 1.0


async def test_a_reply_that_would_wait_an_hour_is_given_up(sender, an, telegram: TelegramStandIn):
    telegram.flood("sendMessage", retry_after=3600)
    with pytest.raises(Later):
        await sender.send("1001", Worded("Câu 3"))


async def test_a_reply_survives_a_failing_server_and_a_notice_comes_back(sender, an, telegram: TelegramStandIn):
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    await sender.send("1001", Worded("Câu 3"))
    assert an.texts == ["Câu 3"]
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    with pytest.raises(Later):
        await sender.send("1001", Worded("Nhắc"), lane=Lane.NOTICE)
