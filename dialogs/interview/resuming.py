"""Beginning, continuing and pausing, jumping to any part of the review, and the draft so far."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import aside, go_on, key, rows
from dialogs.core.paging import number, page, word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Papers, Reply, SetFocus, Turn
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.position import go_to, here, looking, no_review, told, with_pages
from dialogs.interview.question_page import news
from dialogs.interview.review_page import about, by_item, done, glance, my_forms, skipped, standing
from rules.campaign.at_work import in_order
from rules.campaign.last_days import is_late
from rules.forms.form import item_number
from rules.nouns.reviews import Json, Review
from rules.nouns.text import shorten

KINDS = ("pages", "docx", "pdf")
#: Characters of an item's title on a button.
TITLE_CHARS = 34


def resume(books: Books, state: State, _: str) -> Turn:
    """/tieptuc, and /start of a known person: straight to the present position."""
    return _go_on(OwnReview.of(books, state)) if state.own else no_review()


def preview(books: Books, state: State, _: str) -> Turn:
    """/xemtruoc: the document as it stands."""
    return _draft(OwnReview.of(books, state)) if state.own else no_review()


def next_question(sheet: OwnReview, _: Button) -> Turn:
    """Begin, or go on."""
    return _go_on(sheet)


def later(sheet: OwnReview, _: Button) -> Turn:
    """A friendly pause: everything is stored, here and on every device."""
    if not sheet.open:
        return told(sheet)
    keys = rows((go_on(sheet.review),), (my_forms(sheet.state),))
    return Turn((Reply("review/later", about(sheet), keys),), _forget(sheet))


def my_own(books: Books, state: State, button: Button) -> Turn:
    """All one's forms of open campaigns as buttons: `forms:0:<owed or sent>:<first>`. Owed ones come first, most urgent
    first; sent ones are behind another press.
    """
    if state.own is None:
        return no_review()
    sheet = OwnReview.of(books, state)
    mine = in_order(sorted((state.own, *state.others), key=lambda one: (one.campaign.id, one.id)), state.now.date())
    of = {"owed": [one for one in mine if one.open], "sent": [one for one in mine if not one.open]}
    which = word(button, 0) if word(button, 0) in of else "owed" if of["owed"] else "sent"
    some = page(of[which], number(button, 1))
    other = "sent" if which == "owed" else "owed"
    opening = ((Key("review/form", Button("next", one.id), standing(sheet, one)),) for one in some.shown)
    there = Key(f"review/{other}_forms", Button("forms", 0, (other,)), {"count": len(of[other])})
    values: dict[str, Json] = {**some.values(), "which": which, "late": sum(_late(one, state) for one in of["owed"])}
    keyboard = rows(*opening, some.keys("forms", which, room="head"), (there if of[other] else None,))
    return Turn((Reply("review/all", values, keyboard),))


def _late(review: Review, state: State) -> bool:
    return is_late(review, state.now.date())


def draft(sheet: OwnReview, _: Button) -> Turn:
    """The document so far."""
    return _draft(sheet)


def file(sheet: OwnReview, button: Button) -> Turn:
    """The document as pictures, Word file or PDF: of the present answers (version 0) or of a version that was sent."""
    kind, version, *_ = (*button.about, "", "")
    versions = {"0"} if sheet.open else {str(d.version) for d in sheet.review.drafts}
    if kind not in KINDS or version not in versions:
        return told(sheet, news("unknown"))
    papers = Papers(sheet.review.id, int(version), (kind,))
    return Turn((Reply("review/file", {**about(sheet), "kind": kind, "version": int(version)}, attached=papers),))


def outline(sheet: OwnReview, _: Button) -> Turn:
    """Every item with its progress; a press leads there. After submission nothing can be changed."""
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    parts = list(by_item(sheet.places))
    stays = [not any(map(sheet.may_change, places)) for places in parts]
    items = tuple(
        (
            key(
                "review/jump",
                sheet.review,
                "jump",
                places[0].item.key,
                number=_number(places[0]),
                title=shorten(places[0].item.title, TITLE_CHARS),
                done=done(sheet, places),
                total=len(places),
                locked=locked,
            ),
        )
        for places, locked in zip(parts, stays, strict=True)
    )
    values = {**about(sheet), "locked": any(stays)}
    several = key("report/overview", sheet.review, "report_show") if sheet.review.report else None
    keyboard = (*items, *rows((several,)), (go_on(sheet.review),), aside(sheet.review))
    return Turn((Reply("review/outline", values, keyboard, replaces=True),))


def jump(sheet: OwnReview, button: Button) -> Turn:
    """To the first open question of an item, otherwise its first skipped one, otherwise its first."""
    named = button.about[0] if button.about else ""
    places = [place for place in sheet.places if place.item.key == named]
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    if not places:
        known = any(item.key == named for section in sheet.form.sections for item in section.items)
        return told(sheet, news("not_asked" if known else "unknown"))
    free = [place for place in places if sheet.may_change(place)]
    if not free:
        return told(sheet, news("not_reopened", number=places[0].number))
    to = [p for p in free if p.key in sheet.unsettled] or [p for p in free if skipped(sheet, p)] or free
    return go_to(sheet, to[0], replaces=True)


def _go_on(sheet: OwnReview) -> Turn:
    at_hand = sheet.looking_at(None)
    return Turn((with_pages(at_hand, here(at_hand)),), _forget(sheet))


def _forget(sheet: OwnReview) -> tuple[Command, ...]:
    return (SetFocus(None),) if sheet.state.focus else ()


def _draft(sheet: OwnReview) -> Turn:
    review = sheet.review
    version = 0 if sheet.open or not review.draft else review.draft.version
    values: dict[str, Json] = {**about(sheet), "items": glance(sheet), "version": version}
    keys = tuple(key(f"review/{kind}", review, "file", kind, str(version)) for kind in ("docx", "pdf"))
    papers = Papers(review.id, version, ("pages",))
    return Turn((Reply("review/draft", values, (keys, (go_on(review),)), papers),))


def _number(place: Place) -> str:
    """I.2, 7, or nothing."""
    return item_number(place.section, place.item) if place.item.number else ""


VERBS: dict[str, OnPress] = {
    "next": looking(next_question),
    "later": looking(later),
    "draft": looking(draft),
    "file": looking(file),
    "outline": looking(outline),
    "forms": my_own,
    "jump": looking(jump),
}

COMMANDS: dict[str, OnCommand] = {"tieptuc": resume, "xemtruoc": preview}
