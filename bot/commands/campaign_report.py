"""What is said before and after a campaign is opened."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.campaign.campaigns import OpenedCampaign
from bot.roster.columns import TITLES
from bot.rulebooks.library import Library
from bot.rulebooks.selected import doubts
from rules.book.rulebook import Rulebook
from rules.campaign.opening.due_forms import DueForm
from rules.campaign.opening.shares import WithoutForm
from rules.nouns.errors import TusoiError
from rules.nouns.people import Person
from rules.nouns.periods import Period
from rules.nouns.reviews import Campaign
from rules.roster.people import Roster
from templates.documents.words import period_words
from templates.roster_preview import told as roster_told
from templates.wording import LANGUAGES, label

#: So many people are named before a campaign opens; more are counted unit by unit, and named with `--list`.
MOST_NAMED = 30
#: So many without a form are told; all of them with `--list`.
MOST_WITHOUT = 20

_LANGUAGE = LANGUAGES[0]


def foreseen(opened: OpenedCampaign, year: int, period: str, roster: Roster, *, everybody: bool) -> Iterator[str]:
    """Who would get which form, unit by unit, and who none and what to do about it. `everybody`: all of them by name."""
    office = roster.office.name
    yield f"Xem trước đợt đánh giá {period_words(year, period)} của {office}:"
    if opened.running:
        yield "  Đợt này đang mở: chỉ thêm những phiếu chưa có và cập nhật theo danh sách."
    if not opened.kept:
        yield f"  Cơ quan mới: {len(roster.units)} đơn vị, {len(roster.people)} người."
    elif not opened.change.nothing:
        yield roster_told(opened.change, office, opened.kept, TITLES).rstrip()
    given = opened.shared.given
    people = {person.id for person, _ in given}
    yield f"  {len(people)} người, {len(given)} phiếu:"
    counted = Counter((due.rulebook, due.form) for _, due in given)
    forms = ((book.forms[form], counted[book.id, form]) for book in opened.shelf for form in book.forms)
    yield from (f"    {form.code} ({form.title.capitalize()}): {count}" for form, count in forms if count)
    yield from _units(opened.shelf, given, named=everybody or len(people) <= MOST_NAMED)
    yield from without_forms(opened.shared.without, everybody=everybody)


def to_agree(
    opened: OpenedCampaign, books: Sequence[Rulebook], span: Period, roster: Roster, shelf: Library
) -> Iterator[str]:
    """What to look at before it is opened, a line each."""
    for point in opened.points:
        yield label(f"opening/{point.key}", point.values, _LANGUAGE)
    subjects = {person.subject for person in roster.people}
    if len(books) == 1:
        yield from doubts(books[0], span, subjects, shelf.load)


def told(opened: OpenedCampaign, year: int, period: str, roster: Roster) -> Iterator[str]:
    """How many reviews and codes there are now, and what stands as the place of signature."""
    done = opened.enrolled
    which = f"{period_words(year, period)} của {roster.office.name}"
    yield f"Đã mở đợt đánh giá {which}: {done.opened} phiếu, {done.codes} thư mời mới."
    if done.ended:
        yield f"  {done.ended} phiếu không còn phải làm (người đã chuyển, nghỉ hoặc đổi mẫu)."
    if done.asked:
        yield f"  {done.asked} ý kiến nhận xét đã được đề nghị (nơi công tác cũ, nơi sinh hoạt tạm thời)."
    place = opened.place or "để chấm, điền tay"
    yield f"  Nơi ký trên văn bản: {place}. Đổi: bộ phận tổ chức gửi /dot, bấm “Cài đặt”, “Đổi nơi ký trên văn bản”."


def chosen(open_ones: Sequence[Campaign], id_: int) -> list[Campaign]:
    """The parts of the open campaign of that number (0: of the only one). Raises TusoiError that lists those there are."""
    firsts = {part.id: part for part in reversed(open_ones)}
    if not firsts:
        raise TusoiError("hiện không có đợt đánh giá nào đang mở")
    if id_ not in firsts and (id_ or len(firsts) > 1):
        known = "; ".join(f"{one} ({named(firsts[one])})" for one in sorted(firsts))
        raise TusoiError(f"hãy ghi số của một đợt đang mở: {known}")
    return [part for part in open_ones if part.id == (id_ or next(iter(firsts)))]


def named(campaign: Campaign) -> str:
    """The campaign within a sentence."""
    return f"đợt đánh giá {period_words(campaign.year, campaign.period)} của {campaign.office}"


def without_forms(without: Sequence[WithoutForm], *, everybody: bool) -> Iterator[str]:
    """Who gets no form, why, and what to do."""
    shown = without if everybody else without[:MOST_WITHOUT]
    for one in shown:
        why = label(f"opening/why_{one.why}", one.values(), _LANGUAGE)
        yield f"  Chưa có phiếu: {one.person.called}, {one.person.unit} ({why})"
    if len(shown) < len(without):
        yield f"  … và {len(without) - len(shown)} trường hợp nữa chưa có phiếu (xem hết: thêm --list)"


def _units(shelf: Sequence[Rulebook], given: Iterable[tuple[Person, DueForm]], *, named: bool) -> Iterator[str]:
    books = {book.id: book for book in shelf}
    order = sorted(given, key=lambda one: (one[0].unit_id, one[0].id, one[0].post))
    for _, of_unit in groupby(order, key=lambda one: one[0].unit_id):
        dues = list(of_unit)
        yield f"  {dues[0][0].unit}: {len({person.id for person, _ in dues})} người, {len(dues)} phiếu"
        for person, own in groupby(dues, key=lambda one: one[0]) if named else ():
            codes = ", ".join(books[due.rulebook].forms[due.form].code for _, due in own)
            yield f"    {person.called}, {person.position}: {codes}"
    if not named:
        yield "  Xem tên từng người: thêm --list"
