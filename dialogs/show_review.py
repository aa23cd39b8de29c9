"""Draws what there is when no question is open: the page before sending, and what became of a draft."""

from dialogs.keys import Rows, foot, key, rows
from dialogs.outline_values import glance
from dialogs.said import shorten
from dialogs.sheet import Sheet
from dialogs.show_question import News
from dialogs.show_rating import suggested
from dialogs.turn import Reply
from rules.fingerprint import fingerprint
from rules.forms import Kind
from rules.reviews import Answer, Decision, Json, Review, ReviewStatus
from rules.values import Rating

#: Hexadecimal digits of the content's fingerprint that the button for sending carries.
DIGITS = 12
REASON_CHARS = 600


def check_page(sheet: Sheet, *lines: News, replaces: bool = False) -> Reply:
    """Everything is answered: look it over and send it."""
    rating = self_rating(sheet)
    values: dict[str, Json] = {
        **about(sheet),
        "news": list(lines),
        "items": glance(sheet),
        "self_rating": rating,
        "reason": shorten(reason(sheet), REASON_CHARS),
        "suggested": suggested(sheet.suggestion),
        "not_rated": sheet.suggestion.not_rated.cite if sheet.suggestion.not_rated else "",
    }
    digits = content(sheet)[:DIGITS]
    send = key("review/send", sheet.review, "send", digits, name=values["approver"])
    last = sheet.places[-1] if sheet.places else None
    keyboard = rows(
        (send,),
        (key("review/why", sheet.review, "result"),),
        (key("question/back", sheet.review, "go", last.key) if last else None,),
        *foot(sheet.review),
    )
    return Reply("review/check", values, keyboard, replaces=replaces)


def status_page(sheet: Sheet, *lines: News, replaces: bool = False) -> Reply:
    """Where a draft is that was sent: waiting, or approved."""
    review = sheet.review
    draft = review.draft
    values: dict[str, Json] = {
        **about(sheet),
        "news": list(lines),
        "version": draft.version if draft else 0,
        "at": draft.submitted_at.isoformat() if draft else "",
        "self_rating": draft.self_rating if draft else None,
        "decision": decided(review.last_decision),
    }
    template = "review/approved" if review.status is ReviewStatus.APPROVED else "review/submitted"
    return Reply(template, values, _status_keyboard(review), replaces=replaces)


def about(sheet: Sheet) -> dict[str, Json]:
    """Whose review this is, and who decides it until when."""
    state, review = sheet.state, sheet.review
    return {
        "name": review.person.name,
        "form": sheet.form.title,
        "code": sheet.form.code,
        "year": review.campaign.year,
        "approver": state.approver.name if state.approver else "",
        "due": state.due.isoformat() if state.due else "",
        "days": (state.due - state.now.date()).days if state.due else 0,
        "done": len(sheet.places) - len(sheet.unsettled),
        "total": len(sheet.places),
    }


def decided(decision: Decision | None) -> dict[str, Json] | None:
    """A decision as templates take it."""
    if decision is None:
        return None
    return {
        "by": decision.by_name,
        "position": decision.by_position,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
        "version": decision.version,
    }


def content(sheet: Sheet) -> str:
    """The fingerprint of the answers as they stand."""
    return fingerprint(sheet.form, sheet.review.answers)


def self_rating(sheet: Sheet) -> Rating | None:
    """The kept self-rating; None when there is none to give."""
    answer = _rating_answer(sheet)
    return Rating(str(answer.value)) if answer and answer.value in tuple(Rating) else None


def reason(sheet: Sheet) -> str:
    """Why the person rates themselves above the suggestion, "" when they do not."""
    answer = _rating_answer(sheet)
    return answer.note if answer else ""


def _rating_answer(sheet: Sheet) -> Answer | None:
    place = next((p for p in sheet.places if p.question.kind is Kind.RATING), None)
    return sheet.answer(place.key) if place else None


def _status_keyboard(review: Review) -> Rows:
    version = str(review.draft.version if review.draft else 0)
    waiting = review.status is ReviewStatus.SUBMITTED
    return rows(
        (key("review/pages", review, "file", "pages", version),),
        (key("review/docx", review, "file", "docx", version), key("review/pdf", review, "file", "pdf", version)),
        (key("review/why", review, "result"),),
        (key("review/withdraw", review, "withdraw", version) if waiting else None,),
    )
