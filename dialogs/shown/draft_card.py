"""The card of a draft: everything that its approver needs to decide quickly."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.stamps import FINGERPRINT, comment_stamp
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply
from dialogs.shown.chain import acting_for, chain_values, decided_values, has_it, to_see, undecided, version_and_step
from dialogs.shown.changes import AnswerChange, changes
from dialogs.shown.new_code import device_values
from dialogs.shown.person import form_of, review_values
from dialogs.shown.scores import contradicted, unit_result_values
from dialogs.shown.self_rating import self_ratings, totals
from dialogs.shown.self_rating import suggested as suggested_values
from dialogs.shown.truth import known_beside, truth_values
from dialogs.shown.work import in_short
from dialogs.shown.year_scores import changed_values, scores_values
from rules.book.suggestion import Suggestion, needed
from rules.campaign.months.leading import UnitResult
from rules.forms.form import Form
from rules.judging.elsewhere import NOTHING_ELSE, Elsewhere
from rules.ledger.filling import filled
from rules.ledger.work import WorkLedger
from rules.nouns.reviews import Draft, Json, Outcome, Review
from rules.nouns.values import Verdict

#: The purpose of the focus after the card of somebody else's draft was shown, so that a text is not taken for an answer
#: in one's own review.
LOOKING = "head_card"

#: The template of the card.
CARD = "head/card"

#: How many changes the card itself shows; a button shows all.
CHANGES_ON_CARD = 3

NO_NAMES: Mapping[int, str] = MappingProxyType({})


def card(
    books: Books,
    review: Review,
    *,
    names: Mapping[int, str] = NO_NAMES,
    waiting: Sequence[Review] = (),
    for_whom: int | None = None,
    elsewhere: bool = False,
    ledger: WorkLedger | None = None,
    known: Elsewhere = NOTHING_ELSE,
    pages: bool = False,
    replaces: bool = False,
    led: UnitResult | None = None,
    agreed: Mapping[str, Json] | None = None,
) -> Reply:
    """The card of the newest draft of `review`, which must have one.

    - `names`: id → name of those who act in the chain.
    - `waiting`: all reviews that this approver has to decide; the card leads to the next and the previous one.
    - `for_whom`: the absent head for whom it is read.
    - `elsewhere`: the draft is at a step that is not this reader's.
    - `ledger`: the ledger sent with the draft.
    - `known`: what stands beside the review.
    - `led`: the value of d of a leader, if the draft says otherwise.
    - `pages`: show pictures of the document's pages with it.
    - `agreed`: the draft agreed to by the press that brought this card (`head/_agreed.j2`).
    """
    draft = review.draft
    assert draft is not None, "a card shows a draft"
    values = {
        **card_values(books, review, draft, names),
        **_rated(books, review, draft, known),
        **truth_values(books, known),
        **chain_values(review, names, for_whom),
        "holder": names.get(review.approver_id or 0, ""),
        "elsewhere": elsewhere,
        "waiting": len(waiting),
        "led": unit_result_values(led) if led else None,
        "ledger": _ledger(books, review, draft, ledger),
        "agreed": dict(agreed) if agreed else None,
    }
    deciding, plain = undecided(review) and not elsewhere, is_plain(values)
    return Reply(
        CARD,
        {**values, "plain": plain},
        keyboard(
            review,
            in_order(waiting),
            deciding=deciding,
            more_changes=bool(values["more_changes"]),
            ledger=bool(values["ledger"]),
            suggested=bool(values["rated"]),
            plain=plain,
        ),
        Papers(review.id, draft.version, ("pages",)) if pages else None,
        replaces,
    )


def is_plain(values: Mapping[str, Json]) -> bool:
    """Whether nothing on the card asks for a second look. Then one press agrees; otherwise it is confirmed once more."""
    ledger, before = values["ledger"], values["before"]
    unlike = isinstance(ledger, Mapping) and bool(ledger.get("differs"))
    explained = isinstance(before, list) and any(isinstance(one, Mapping) and one.get("reason") for one in before)
    marked = ("differs", "not_rated", "contradictions", "led", "device", "changed", "caps")
    return not unlike and not explained and not any(values[name] for name in marked)


def next_draft(waiting: Sequence[Review], review: Review) -> Review | None:
    """The draft below this one in the list, or else the first; None: no other is waiting."""
    listed = in_order((*(one for one in waiting if one.id != review.id), review))
    at = [one.id for one in listed].index(review.id)
    return listed[(at + 1) % len(listed)] if len(listed) > 1 else None


def shown(
    books: Books, state: State, review: Review, *, agreed: Mapping[str, Json] | None = None, replaces: bool = False
) -> Reply:
    """The card as this person sees it, among what waits for them except the draft they just `agreed` to."""
    return card(
        books,
        review,
        names=state.names,
        waiting=[one for one in to_see(state) if one.id != (agreed or {}).get("review")],
        for_whom=acting_for(state, review),
        elsewhere=undecided(review) and not has_it(state, review),
        ledger=state.ledgers.get(review.id),
        known=known_beside(books, state, review),
        replaces=replaces,
        led=contradicted(state, form_of(books, review), review),
        agreed=agreed,
    )


def looking_at(button: Button) -> dict[str, Json]:
    """The focus of somebody who looks at the card of a draft. `button`: one of the card's, with version, step and
    stamp.
    """
    version, digits, *_ = (*button.about, "", "")
    return {"for": LOOKING, "review": button.review, "version": version, "digits": digits}


def card_shown(reply: Reply) -> dict[str, Json] | None:
    """That focus for a notice that contains such a card; None for any other notice."""
    buttons = [key.button for row in reply.keyboard for key in row if len(key.button.about) > 1]
    return looking_at(buttons[0]) if reply.template == CARD and buttons else None


def gives_way(focus: Mapping[str, Json] | None) -> bool:
    """Whether such a notice may change what a text is for: it replaces one's own questions and another card, but not a
    text that was asked for.
    """
    return (focus or {}).get("for") in {None, "question", "part", "note", LOOKING}


def in_order(waiting: Sequence[Review]) -> tuple[Review, ...]:
    """Differing ratings first, then the oldest draft first."""
    return tuple(sorted(waiting, key=lambda review: (not differs(review), _sent(review), review.id)))


def differs(review: Review) -> bool:
    """Whether the self-rating differs from the suggestion. An undecidable suggestion differs."""
    return review.draft is not None and review.draft.self_rating != review.draft.suggested


def card_values(books: Books, review: Review, draft: Draft, names: Mapping[int, str]) -> dict[str, Json]:
    """Who, which form, which rating, what changed and what was decided, as values of a template."""
    changed = changed_since(form_of(books, review), review)
    decided = review.last_decision if not undecided(review) else None
    return {
        **review_values(books, review),
        "version": draft.version,
        "at": draft.submitted_at.isoformat(),
        "device": device_values(draft.device),
        "self_rating": draft.self_rating,
        "comment": review.comment,
        "changes": change_values(review, changed[:CHANGES_ON_CARD]),
        "more_changes": max(0, len(changed) - CHANGES_ON_CARD),
        "since": baseline_values(review),
        "decision": decided_values(decided, names) if decided else None,
    }


def changed_since(form: Form, review: Review) -> tuple[AnswerChange, ...]:
    """What changed between the newest draft and the one the approver had before."""
    before, draft = _baseline(review), review.draft
    return changes(form, before.answers, draft.answers) if before and draft else ()


def change_values(review: Review, changed: Sequence[AnswerChange]) -> list[Json]:
    """The changes as values of a template. Questions are worded as for the person who was asked."""
    return [{**change.values(), "of": review.person.gender} for change in changed]


def baseline_values(review: Review) -> dict[str, Json] | None:
    """The version with which a resubmission is compared, and its outcome; None: it is the first version."""
    before = _baseline(review)
    ended = next((d for d in reversed(review.decisions) if before and d.version == before.version), None)
    return {"version": before.version, "outcome": ended.outcome if ended else ""} if before else None


def _baseline(review: Review) -> Draft | None:
    """The version that was returned last, otherwise the one before the newest."""
    earlier = review.drafts[:-1]
    returned = [d.version for d in review.decisions if d.outcome is Outcome.RETURNED]
    shown = [draft for draft in earlier if draft.version in returned] or earlier
    return shown[-1] if shown else None


def _sent(review: Review) -> str:
    return review.draft.submitted_at.isoformat() if review.draft else ""


def _rated(books: Books, review: Review, draft: Draft, known: Elsewhere) -> dict[str, Json]:
    """Every rating in the form. For its last rating also how many conditions of the self-rating hold, and the
    suggestion: as it was sent, or recomputed if anything is known from elsewhere.
    """
    book, form = books[review.campaign.edition], form_of(books, review)
    given_ones = self_ratings(book, form, review.person, draft.answers, known)
    *others, own = given_ones or (None,)
    found = own.suggestion if own else None
    anew = found is not None and bool(known.facts or known.unsettled)
    suggested = found.rating if found and anew else draft.suggested
    return {
        "before": [one.values(form_of(books, review)) for one in others],
        "about": own.about if own else "",
        "rated": own is not None,
        "reason": own.reason if own else "",
        "differs": draft.self_rating != suggested,
        "above": bool(draft.self_rating and suggested and draft.self_rating.rank < suggested.rank),
        "suggested": suggested,
        "unsuggested": suggested_values(found, form) if found and not suggested else None,
        "not_rated": found.not_rated.cite if found and found.not_rated else "",
        "because": found.not_rated.because if found and found.not_rated else "",
        "totals": totals_of(books, review, draft),
        "scores": scores_values(draft.answers),
        "changed": changed_values(review),
        "has_rules": found is not None,
        **_counted(found, draft),
    }


def _ledger(books: Books, review: Review, draft: Draft, ledger: WorkLedger | None) -> dict[str, Json] | None:
    """The ledger sent with the draft in brief: its totals, and whether the sheet says otherwise."""
    if ledger is None or not ledger.shown:
        return None
    book, form = books[review.campaign.edition], form_of(books, review)
    return {**in_short(book, ledger), "differs": filled(book, form, ledger).differs(draft.answers)}


def totals_of(books: Books, review: Review, draft: Draft) -> list[Json]:
    """The results that the form works out from the answers of a draft."""
    book, form = books[review.campaign.edition], form_of(books, review)
    return totals(book, form, review.person, draft.answers)


def _counted(found: Suggestion | None, draft: Draft) -> dict[str, Json]:
    findings = needed(found, draft.self_rating) if found and draft.self_rating else ()
    once = {one.group or -number: one for number, one in enumerate(findings, 1)}  # one condition of a group suffices
    counted = Counter(one.verdict for one in once.values())
    return {
        "met": counted[Verdict.MET],
        "unmet": counted[Verdict.UNMET],
        "unknown": counted[Verdict.UNKNOWN],
        "caps": [cap.cite for cap in found.caps if cap.lowered] if found else [],
    }


# ── the keyboard ───────────────────────────────────────────────────────────────────────────────


def drawn(verb: str, review: Review, *more: str) -> Button:
    """A button of the newest draft: it carries version, step and the first digits of its stamp."""
    draft = review.draft
    assert draft is not None, "a button of a draft"
    return Button(verb, review.id, (version_and_step(review), draft.stamp[:FINGERPRINT], *more))


def keyboard(
    review: Review,
    waiting: Sequence[Review],
    *,
    deciding: bool,
    more_changes: bool,
    ledger: bool,
    suggested: bool,
    plain: bool,
) -> tuple[tuple[Key, ...], ...]:
    """The buttons: to decide if it is their turn, to look closer, to go on.

    `suggested`: the form asks for a rating, so that there are grounds to show. `plain`: the agreeing press carries the
    mark of the comment on the card and needs no confirmation.
    """
    after = review.next_step
    agree = drawn("head_agree", review, *((comment_stamp(review.comment),) if plain else ()))
    decide = (
        Key("head/agree_on", agree, {"next": after.role}) if after else Key("head/agree", agree),
        Key("head/return", drawn("head_return", review)),
        Key("head/comment", drawn("head_comment", review)),
    )
    rows = ((decide[0],), decide[1:]) if deciding else ()
    look = tuple(Key(f"head/{kind}", drawn("head_papers", review, kind)) for kind in ("pages", "docx", "pdf"))
    why = (Key("head/why", drawn("head_why", review)),) if suggested else ()
    changed = (Key("head/changes", drawn("head_changes", review)),) if more_changes else ()
    work = (Key("head/ledger", Button("work_sent", review.id)),) if ledger else ()
    return tuple(row for row in (*rows, look, why, work, changed, _neighbours(review, waiting)) if row)


def _neighbours(review: Review, waiting: Sequence[Review]) -> tuple[Key, ...]:
    """The buttons to the waiting drafts before and after this one. The list wraps around at its ends."""
    others = [one for one in waiting if one.id != review.id]
    if not others:
        return ()
    ids = [one.id for one in waiting]
    at = ids.index(review.id) if review.id in ids else -1
    after = Key("head/next", Button("head_card", ids[(at + 1) % len(ids)]))
    if len(others) == 1:
        return (after,)
    return (Key("head/previous", Button("head_card", ids[at - 1 if at >= 0 else -1])), after)
