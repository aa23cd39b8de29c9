"""The card of a review for the authority: what was said and by whom, what the rules say, how full the quotas are.
Buttons lead to its documents and to every condition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from dialogs.authority.context import context, judged
from dialogs.authority.guard import OpenReview, drawn, known, may_do, undecided
from dialogs.authority.list import of_list
from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply, Turn
from dialogs.interview.explaining import ALL, shown_to_others
from dialogs.interview.own_review import OwnReview
from dialogs.shown.chain import endorsed_values, for_values
from dialogs.shown.deciders import decided_outside
from dialogs.shown.new_code import device_values
from dialogs.shown.person import review_values, which_values
from dialogs.shown.ruling import rating_words, ruling_values
from dialogs.shown.self_rating import RatedForm, self_ratings, totals
from dialogs.shown.self_rating import suggested as suggested_values
from dialogs.shown.truth import truth_values
from dialogs.shown.year_scores import changed_values, scores_values
from rules.book.procedure import Effect, SpecialCase
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion, named_grounds, needed, possible_grounds
from rules.campaign.deciding.judgement import Judgement, answers_of, cases_of, facts_at_hand
from rules.campaign.deciding.objections import Context
from rules.campaign.deciding.quotas import QuotaState, quota_states
from rules.campaign.permissions import Action
from rules.forms.form import Form
from rules.judging.explanation import Explanation, explanation
from rules.judging.interview import rated, rating_questions
from rules.judging.suggest import Case
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Json, Outcome, Review, ReviewStatus
from rules.nouns.rulings import Ruling
from rules.nouns.text import shorten
from rules.nouns.values import Rating, Subject

#: How many clauses are cited beside a rating; a button shows all of them.
CLAUSES = 3
REMARK_CHARS = 600

#: Effects of special cases in which nobody is rated.
LEFT_OUT = frozenset({Effect.NOT_RATED, Effect.NOT_REVIEWED})


def card(books: Books, state: State, opened: OpenReview, *, replaces: bool = False, pages: bool = False) -> Reply:
    """The card, with everything the authority needs for a decision and the buttons to make it."""
    review = opened.review
    judgements = judged(books, state, review)
    values = {**card_values(books, state, opened, judgements), **_around(books, state, review, judgements)}
    papers = Papers(review.id, opened.version, ("pages",)) if pages and opened.version else None
    return Reply("decide/card", values, _keyboard(state, opened), papers, replaces)


def card_values(books: Books, state: State, opened: OpenReview, judgements: Mapping[str, Judgement]) -> dict[str, Json]:
    """Who, which form, the self-rating, what the chain said and what was decided, as values of a template."""
    review = opened.review
    book, form = rules_of(books, review)
    draft = review.draft
    return {
        **about(books, opened),
        "at": draft.submitted_at.isoformat() if draft else "",
        "device": device_values(draft.device) if draft else None,
        "status": "ready" if review.ready else review.status.value,
        "outside": opened.outside,
        "decider": decided_outside(books, review),
        **for_values(opened.for_whom, state.names),
        "ratings": _ratings(book, form, review, judgements),
        "totals": totals(book, form, review.person, answers_of(review)) if draft else [],
        "scores": scores_values(answers_of(review)),
        "changed": changed_values(review),
        "chain": _chain(state, review),
        "consulted": _consulted(state, review),
        **_ruled(book, state, form, review.ruling if may_do(state, review, Action.READ_RATING) else None),
    }


def _consulted(state: State, review: Review) -> Json:
    """What the authority's meeting concluded, or else the unit's; None: neither did."""
    found = known(state).consulted.get(review.id)
    if found is None:
        return None
    ratings: list[Json] = [{"about": about, "rating": rating.value} for _, about, rating in found.ratings]
    return {"title": found.title, "day": found.day.isoformat(), "adopted": found.adopted, "ratings": ratings}


def _ruled(book: Rulebook, state: State, form: Form, ruling: Ruling | None) -> dict[str, Json]:
    """The ruling in force, as values of a template."""
    if ruling is None:
        return {"ruling": None, "ruled": []}
    words: list[Json] = [
        {**rating_words(book, form, key, rating, ruling.cite), "cites": []} for key, rating in ruling.ratings.items()
    ]
    return {"ruling": {**ruling_values(ruling), **for_values(ruling.for_whom, state.names)}, "ruled": words}


def about(books: Books, opened: OpenReview) -> dict[str, Json]:
    """Whose review it is, of which form and year, and the number of the ruling to come."""
    return {**review_values(books, opened.review), "version": opened.version, "number": opened.number}


def rules_of(books: Books, review: Review) -> tuple[Rulebook, Form]:
    """The rulebook and the form of the review."""
    book = books[review.campaign.edition]
    return book, book.forms[review.form]


def clauses(judgement: Judgement | None, rating: Rating | None) -> list[str]:
    """The clauses on which a rating rests: those of a cap that lowered it, otherwise of a ground that holds or may
    hold, otherwise of its conditions.

    If there is no rating, the clause of the rule or special case that leaves it out. Empty if the rating does not
    follow from the rules.
    """
    found = judgement.suggestion if judgement else None
    if rating is None:
        cases = [case.cite for case in judgement.cases if case.effect in LEFT_OUT] if judgement else []
        return [found.not_rated.cite] if found and found.not_rated else cases[:1]
    if found is None or rating not in found.possible:
        return []
    lowered = [cap.cite for cap in found.caps if cap.lowered and cap.at_most is rating]
    if rating is Rating.NOT_COMPLETED:
        rests = [one.cite for one in named_grounds(found) or possible_grounds(found)]
        rests = rests or ([found.otherwise.cite] if found.otherwise else [])
    else:
        rests = [one.cite for one in needed(found, rating)]
    return list(dict.fromkeys(lowered or rests))


# ── values ─────────────────────────────────────────────────────────────────────────────────────


def _ratings(book: Rulebook, form: Form, review: Review, judgements: Mapping[str, Judgement]) -> list[Json]:
    """Each rating in the form: the self-rating, and what follows from the rules and all known facts, with the reasons."""
    said = {one.about: one for one in self_ratings(book, form, review.person, answers_of(review))}
    several = len(rating_questions(form)) > 1
    return [
        _rating(form, judgement, said.get(judgement.question.about if several else ""), several=several)
        for judgement in judgements.values()
    ]


def _rating(form: Form, judgement: Judgement, self_given: RatedForm | None, *, several: bool) -> Json:
    found = judgement.suggestion
    rating, reason = (self_given.rating, self_given.reason) if self_given else (None, "")
    decided = found.rating if found else None
    cites = clauses(judgement, decided) if found and (decided or found.not_rated) else []
    return {
        "about": judgement.question.about if several else "",
        "self_rating": rating,
        "reason": shorten(reason, REMARK_CHARS),
        "suggested": suggested_values(found, form) if found else None,
        "not_rated": found.not_rated.cite if found and found.not_rated else "",
        "because": found.not_rated.because if found and found.not_rated else "",
        "cites": list(cites[:CLAUSES]),
        "caps": [{"at_most": cap.at_most, "cite": cap.cite} for cap in found.caps if cap.lowered] if found else [],
        "differs": bool(found and (decided or found.not_rated)) and rating is not decided,
    }


def _chain(state: State, review: Review) -> list[Json]:
    """The comments of every step that agreed, including the last."""
    said = [endorsed_values(one, state.names) for one in review.endorsements]
    last = review.last_decision
    if last and last.outcome is Outcome.APPROVED and all(one.by != last.by for one in review.endorsements):
        agreed: dict[str, Json] = {
            "by": last.by_name,
            "position": last.by_position,
            "role": review.approver_role,
            "at": last.at.isoformat(),
            "comment": last.comment,
            "device": device_values(last.device),
        }
        said.append({**agreed, **for_values(None, state.names)})
    return [{**one, "comment": shorten(str(one["comment"]), REMARK_CHARS)} for one in said]


def _around(books: Books, state: State, review: Review, judgements: Mapping[str, Judgement]) -> dict[str, Json]:
    book, _ = rules_of(books, review)
    around = context(books, state, review)
    of_ratings = [case for judgement in judgements.values() for case in judgement.cases]
    # What the clauses say about a year's rating (Điều 11, 19, 21) does not apply to a month, which is not rated.
    of_whole = () if judgements or is_tracked(review.campaign.period) else cases_of(book, review, around.elsewhere)
    cases = {case.key: case for case in (*of_ratings, *of_whole)}
    return {
        **truth_values(books, around.elsewhere),
        "cases": [_case(one) for one in cases.values()],
        "opinions": _opinions(state, review),
        "quotas": quotas(book, judgements.values(), around),
        "waiting": len(of_list(state, "w")),
    }


def quotas(book: Rulebook, judgements: Iterable[Judgement], around: Context) -> list[Json]:
    """Where the groups of this review stand now."""
    return [_quota(state) for judgement in judgements for state in quota_states(book, judgement, around.rated)]


def _quota(one: QuotaState) -> Json:
    quota, share = one.share.quota, one.share
    return {
        "rating": quota.rating,
        "rated": share.rated,
        "allowed": share.allowed,
        "at_most": one.allowed_at_most,
        "base": share.base,
        "open": one.open,
        "pct": quota.at_most_pct,
        "of": quota.of,
        "units": Subject.ORGANISATION in quota.subject,
        "group": str(share.key.get("group", "")),
        "unit": str(share.key.get("unit", "")),
        "cite": quota.cite,
        "over": one.over,
    }


def _case(case: SpecialCase) -> Json:
    return {"title": case.title, "cite": case.cite}


def _opinions(state: State, review: Review) -> list[Json]:
    return [
        {"of": one.of, "by": one.by_name, "text": shorten(one.text, REMARK_CHARS), "given": one.given_at is not None}
        for one in known(state).opinions
        if one.review == review.id
    ]


# ── the keyboard ───────────────────────────────────────────────────────────────────────────────


def _keyboard(state: State, opened: OpenReview) -> tuple[tuple[Key, ...], ...]:
    """The buttons to decide (or decide anew), to look closer, and to go on."""
    kinds = ("pages", "docx", "pdf") if opened.version else ()
    look = tuple(Key(f"head/{kind}", drawn("decide_papers", opened, kind)) for kind in kinds)
    why = (Key("head/why", drawn("decide_why", opened)),) if opened.version else ()
    rows = (
        *_to_do(state, opened),
        look,
        why,
        _neighbours(state, opened),
        (Key("decide/to_list", Button("decide_list")),),
    )
    return tuple(row for row in rows if row)


def _to_do(state: State, opened: OpenReview) -> tuple[tuple[Key, ...], ...]:
    review = opened.review
    if undecided(review):
        return ((Key("decide/choose", drawn("decide_choose", opened), {"outside": opened.outside}),),)
    if review.status is ReviewStatus.APPEALED:
        petition = next((p for p in known(state).petitions if p.review == review.id and p.outcome is None), None)
        return ((Key("decide/petition", Button("petition_card", review.id, (str(petition.id),))),),) if petition else ()
    return ((Key("decide/again", drawn("decide_again", opened)),),)


def _neighbours(state: State, opened: OpenReview) -> tuple[Key, ...]:
    """The buttons to the waiting reviews before and after this one. The list wraps around at its ends."""
    ids = [standing.review for standing in of_list(state, "o" if opened.outside else "w")]
    others = [each for each in ids if each != opened.review.id]
    if not others:
        return ()
    at = ids.index(opened.review.id) if opened.review.id in ids else -1
    after = Key("head/next", Button("decide_card", ids[(at + 1) % len(ids)]))
    if len(others) == 1:
        return (after,)
    return (Key("head/previous", Button("decide_card", ids[at - 1 if at >= 0 else -1])), after)


class Merged(OwnReview):
    """Somebody else's review opened for reading. Its suggestions rest on all known facts."""

    @cached_property
    def suggestions(self) -> Mapping[str, Suggestion]:
        """The suggestions as the authority sees them."""
        judgements = judged(self.books, self.state, self.review)
        return {key: judgement.suggestion for key, judgement in judgements.items() if judgement.suggestion}

    def explained(self, question: str) -> Explanation:
        """The explanation of a suggestion, by the same facts."""
        facts = facts_at_hand(self.form, self.review, context(self.books, self.state, self.review).elsewhere)
        subject, leader = rated(self.form, self.review.person, self.form.questions[question])
        return explanation(self.book, Case(subject, leader, facts), self.suggestions[question])


def show_card(books: Books, state: State, opened: OpenReview, _: Button) -> Turn:
    """The card, replacing the message that was pressed."""
    return Turn((card(books, state, opened, replaces=True),), let_go(state, Room.DECIDE))


def show_papers(books: Books, _: State, opened: OpenReview, button: Button) -> Turn:
    """The newest version as pictures of its pages, as a Word file or as a PDF."""
    kind = next((kind for kind in ("pages", "docx", "pdf") if kind in button.about), "pages")
    values: dict[str, Json] = {**which_values(books, opened.review), "version": opened.version, "kind": kind}
    return Turn((Reply("head/papers", values, attached=Papers(opened.review.id, opened.version, (kind,))),))


def show_why(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """The suggestion in brief. Pressed again, every condition with its verdict and clause."""
    review = replace(opened.review, answers=answers_of(opened.review))
    sheet = Merged.of(books, replace(state, own=review, approver=None, due=None, focus=None))
    back = Key("head/back", Button("decide_card", review.id))
    return Turn((shown_to_others(sheet, button, drawn("decide_why", opened, ALL), back),))
