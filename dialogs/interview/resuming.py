"""Going on: begin, continue, later, the draft so far."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import go_on, key
from dialogs.core.state import State
from dialogs.core.turn import Command, Papers, Reply, SetFocus, Turn
from dialogs.interview.here import here, told
from dialogs.interview.outline_values import glance
from dialogs.interview.own import looking
from dialogs.interview.own_review import OwnReview
from dialogs.interview.question_page import news
from dialogs.interview.refusing import no_review
from dialogs.interview.review_page import about
from rules.nouns.reviews import Json

KINDS = ("pages", "docx", "pdf")


def resume(books: Books, state: State, _: str) -> Turn:
    """/tieptuc, and /start of a person we know: straight to where the review stands."""
    return _go_on(OwnReview(books, state)) if state.own else no_review()


def preview(books: Books, state: State, _: str) -> Turn:
    """/xemtruoc: the document as it stands."""
    return _draft(OwnReview(books, state)) if state.own else no_review()


def next_question(sheet: OwnReview, _: Button) -> Turn:
    """Begin, or go on."""
    return _go_on(sheet)


def later(sheet: OwnReview, _: Button) -> Turn:
    """A friendly stop: everything is kept, here and on every device."""
    if not sheet.open:
        return told(sheet)
    return Turn((Reply("review/later", about(sheet), ((go_on(sheet.review),),)),), _forget(sheet))


def draft(sheet: OwnReview, _: Button) -> Turn:
    """The document so far."""
    return _draft(sheet)


def file(sheet: OwnReview, button: Button) -> Turn:
    """The document as pictures, Word file or PDF: of the answers so far (version 0) or of a version sent."""
    kind, version, *_ = (*button.about, "", "")
    versions = {"0"} if sheet.open else {str(d.version) for d in sheet.review.drafts}
    if kind not in KINDS or version not in versions:
        return told(sheet, news("unknown"))
    papers = Papers(sheet.review.id, int(version), (kind,))
    return Turn((Reply("review/file", {**about(sheet), "kind": kind, "version": int(version)}, attached=papers),))


def _go_on(sheet: OwnReview) -> Turn:
    return Turn((here(sheet.looking_at(None)),), _forget(sheet))


def _forget(sheet: OwnReview) -> tuple[Command, ...]:
    return (SetFocus(None),) if sheet.state.focus else ()


def _draft(sheet: OwnReview) -> Turn:
    review = sheet.review
    version = 0 if sheet.open or not review.draft else review.draft.version
    values: dict[str, Json] = {**about(sheet), "items": glance(sheet), "version": version}
    keys = tuple(key(f"review/{kind}", review, "file", kind, str(version)) for kind in ("docx", "pdf"))
    papers = Papers(review.id, version, ("pages",))
    return Turn((Reply("review/draft", values, (keys, (go_on(review),)), papers),))


VERBS: dict[str, OnPress] = {
    "next": looking(next_question),
    "later": looking(later),
    "draft": looking(draft),
    "file": looking(file),
}

COMMANDS: dict[str, OnCommand] = {"tieptuc": resume, "xemtruoc": preview}
