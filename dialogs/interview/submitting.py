"""Sending the review to its approver, and withdrawing it while it is not decided."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAsked
from dialogs.core.commands.drafts import Submit, Withdraw
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key
from dialogs.core.turn import Command, Notify, Reply, SetFocus, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import here, looking, told, without_reasons_gone
from dialogs.interview.question_page import News, news
from dialogs.interview.review_page import DIGITS, about, content, self_rating
from dialogs.interview.weak_page import text_stamp, unasked, weak_page
from dialogs.shown.chain import afresh
from dialogs.shown.draft_card import card
from dialogs.shown.new_code import device_values
from dialogs.shown.notices import tell_decider
from dialogs.shown.person import review_values
from dialogs.shown.truth import known_beside
from rules.campaign.permissions import Action
from rules.nouns.reviews import Decision, Draft, Json, Outcome, Review, ReviewStatus


def send(sheet: OwnReview, button: Button) -> Turn:
    """Send exactly the answers whose stamp the button carries. Pressing twice sends once. Weak texts are asked about
    first, each once.
    """
    if not sheet.open:
        return told(sheet, news("sent_already"))
    if sheet.waits_for:
        return told(sheet, news("parts_open", count=len(sheet.waits_for)))
    if sheet.unsettled:
        return told(sheet, news("not_complete", count=len(sheet.unsettled)))
    digits = content(sheet)[:DIGITS]
    if button.about[:1] != (digits,):
        return told(sheet, news("stale"))
    weak = unasked(sheet)
    if weak:
        asked = KeepAsked(sheet.review.id, (*sheet.review.asked, *(text_stamp(one) for one in weak)))
        return Turn((weak_page(sheet, weak),), (asked,))
    sheet, gone, _ = without_reasons_gone(sheet)
    sent = _submitted(sheet)
    assert sent.draft is not None, "it was just added"
    held = {question: answer for question, answer in sent.draft.answers.items() if answer.held}
    draft = sent.draft
    submit = Submit(sheet.review.id, draft.stamp, draft.self_rating, draft.suggested, held, draft.device)
    line = news("sent", own=sheet.form.use == "review", device=device_values(draft.device))
    return _after(sheet, sent, line, *gone, submit, *_tell_approver(sheet, sent), *_tell_giver(sheet, sent))


def withdraw(sheet: OwnReview, button: Button) -> Turn:
    """Ask for confirmation before withdrawing a draft."""
    refused = _not_to_withdraw(sheet, button)
    if refused:
        return told(sheet, refused)
    version = button.about[0]
    sure = key("review/withdrawn", sheet.review, "withdrawn", version)
    keep = key("review/leave_it", sheet.review, "next")
    return Turn((Reply("review/withdraw", {**about(sheet), "version": int(version)}, ((sure,), (keep,))),))


def withdrawn(sheet: OwnReview, button: Button) -> Turn:
    """Withdraw the draft."""
    refused = _not_to_withdraw(sheet, button)
    if refused:
        return told(sheet, refused)
    version = int(button.about[0])
    review, person = sheet.review, sheet.state.person or sheet.review.person
    taken = Decision(version, Outcome.WITHDRAWN, person.id, person.name, person.position, sheet.state.now)
    back = replace(afresh(review), status=ReviewStatus.DRAFTING, decisions=(*review.decisions, taken))
    notice = Reply("notice/withdrawn", {**about(sheet), "version": version, "at": sheet.state.now.isoformat()})
    told_approver = _notify(review, f"withdrawn:{review.id}:{version}", notice)
    return _after(sheet, back, news("withdrawn"), Withdraw(review.id, version), *told_approver)


def _not_to_withdraw(sheet: OwnReview, button: Button) -> News | None:
    """Why this version cannot be withdrawn; None if it can."""
    review = sheet.review
    if review.status is not ReviewStatus.SUBMITTED or review.draft is None:
        return news("nothing_to_withdraw", status=review.status.value)
    if button.about[:1] != (str(review.draft.version),):
        return news("old_version", version=review.draft.version)
    return None


def _submitted(sheet: OwnReview) -> Review:
    """The review after this draft is sent."""
    review = sheet.review
    draft = Draft(
        version=len(review.drafts) + 1,
        stamp=content(sheet),
        answers=review.answers,
        self_rating=self_rating(sheet),
        suggested=sheet.suggestion.rating if sheet.suggestion else None,
        submitted_at=sheet.state.now,
        device=sheet.state.device,
    )
    return replace(afresh(review), status=ReviewStatus.SUBMITTED, drafts=(*review.drafts, draft))


def _tell_approver(sheet: OwnReview, sent: Review) -> tuple[Command, ...]:
    """The notice with the draft's card and pages. If nobody has to agree first, the authority is told that it waits."""
    assert sent.draft is not None, "it was just sent"
    if sent.approver_id is None:
        return tell_decider(sheet.books, sheet.state, sent, sent.draft.version)
    known = known_beside(sheet.books, sheet.state, sent, for_others=True)
    ledger = sheet.state.ledgers.get(sent.id)
    shown = card(sheet.books, sent, names=sheet.state.names, ledger=ledger, known=known, pages=True)
    return _notify(sent, f"submitted:{sent.id}:{sent.draft.version}", shown)


def _tell_giver(sheet: OwnReview, sent: Review) -> tuple[Command, ...]:
    """Tell those who would otherwise act, but gave the device's code or wrote part of a body's report, why they do not
    act, and who does.
    """
    draft = sent.draft
    if draft is None:
        return ()
    me = sheet.state.person.id if sheet.state.person else 0
    known = sorted(one for one in sent.barred - {sent.person.id, me} if one in sheet.state.names)
    values: dict[str, Json] = {
        **review_values(sheet.books, sent),
        "holder": sheet.state.names.get(sent.approver_id or sent.decider_id or 0, ""),
    }
    return tuple(
        Notify(
            one,
            f"sent_past:{sent.id}:{draft.version}:{one}",
            Reply("notice/sent_past", {**values, "wrote": one in sent.authors}),
        )
        for one in known
    )


def _notify(review: Review, name: str, reply: Reply) -> tuple[Command, ...]:
    """To whoever has the draft, or stands in for them. For an authority outside this installation, to the desk."""
    approver = review.approver_id
    return (Notify(approver, name, reply, cover_except=review.person.id),) if approver else ()


def _after(sheet: OwnReview, review: Review, line: News, *commands: Command) -> Turn:
    state = replace(sheet.state, own=review, focus=None)
    forget = (SetFocus(None),) if sheet.state.focus else ()
    return Turn((here(OwnReview.of(sheet.books, state), line),), (*commands, *forget))


VERBS: dict[str, OnPress] = {
    "send": looking(send, Action.SUBMIT),
    "withdraw": looking(withdraw, Action.WITHDRAW),
    "withdrawn": looking(withdrawn, Action.WITHDRAW),
}
