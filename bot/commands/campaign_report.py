"""What is said after a campaign was opened."""

from collections.abc import Iterator, Sequence

from bot.campaign.campaigns import OpenedCampaign
from bot.rulebooks.library import Library
from bot.rulebooks.selected import doubts
from rules.book.rulebook import Rulebook
from rules.roster.people import Roster


def told(opened: OpenedCampaign, books: Sequence[Rulebook], year: int, roster: Roster, shelf: Library) -> Iterator[str]:
    """How many reviews and codes, who has none and why, and what to look at."""
    done = opened.enrolled
    yield (f"Đã mở đợt đánh giá năm {year} của {roster.office.name}: {done.opened} phiếu, {done.codes} thư mời mới.")
    if done.ended:
        yield f"  {done.ended} phiếu không còn phải làm (người đã chuyển, nghỉ hoặc đổi mẫu)."
    if done.asked:
        yield f"  {done.asked} ý kiến nhận xét đã được đề nghị (nơi công tác cũ, nơi sinh hoạt tạm thời)."
    named = ", ".join(f"“{book.id}”" for book in books)
    for name, case in done.left_out:
        why = f"{case.title}; {case.cite}" if case else f"{named} không có mẫu cho đối tượng này"
        yield f"  Chưa có phiếu: {name} ({why})"
    subjects = {person.subject for person in roster.people}
    if len(books) == 1:
        yield from (f"  Lưu ý: {line}" for line in doubts(books[0], year, subjects, shelf.load))
    yield "Xem thư mời: tusoi invite list"
