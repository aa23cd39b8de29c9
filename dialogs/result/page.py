"""The page of a decided review for its owner: the decision, what led to it, what can be done now."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import Row, Rows, key, rows
from dialogs.core.paging import page as paged
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply
from dialogs.result.decided_review import DecidedReview, confirmed_sheets, decided_reviews, newest_first, results
from dialogs.shown.chain import for_values
from dialogs.shown.chart import year_key
from dialogs.shown.failed import failed_of
from dialogs.shown.following import foreseen
from dialogs.shown.person import form_of, review_values, which_values
from dialogs.shown.ruling import TWO_YEARS, rating_words, ruling_values
from dialogs.shown.self_rating import totals
from dialogs.shown.truth import failed_last_year, known_beside
from rules.book.procedure import PetitionRule, special_cases
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.judgement import judgements
from rules.forms.form import Form
from rules.nouns.people import traits
from rules.nouns.reviews import Json, Review
from rules.nouns.rulings import Petition, Ruling
from rules.nouns.values import Rating

KINDS = ("pages", "docx", "pdf")


def page(books: Books, state: State, result: DecidedReview, *, replaces: bool = False) -> Reply:
    """The page of one result."""
    book, form = _rules(books, result)
    values: dict[str, Json] = {
        **about(books, result),
        "ruling": decided(book, form, result.ruling, state),
        "titles": _titles(form),
        "foreseen": foreseen(books, result.review),
        "earlier": [decided(book, form, before, state) for before in result.review.rulings[:-1]],
        "response": _response(result),
        "petitions": [petition_values(petition) for petition in result.petitions],
        "petition": rule_values(book.procedure.petitions, state, result),
        "may_petition": result.petition is None,
        "outside": result.review.decider_id is None,
        "two_years": _two_years(books, state, result),
        "failed": failed_of(
            book,
            result.ruling,
            judgements(book, result.review, known_beside(books, state, result.review)),
            again=_failed_before(books, state, result),
        ),
    }
    return Reply("result/page", values, _keyboard(state, result), replaces=replaces)


def list_of(books: Books, state: State, decided: Sequence[DecidedReview], first: int = 0) -> Reply:
    """A button for everything decided or confirmed, the newest period first, then one for the suggestion of the current
    review.
    """
    of = {one.review.id: one for one in decided}
    some = paged(sorted((*(one.review for one in decided), *confirmed_sheets(state)), key=newest_first), first)
    opening = ((_open(books, of[one.id]) if one.id in of else _sheet_key(books, one),) for one in some.shown)
    own = state.own
    there = key("result/suggestion", own, "result", **which_values(books, own)) if own and not own.ruling else None
    keyboard = rows(*opening, some.keys("result_list", room="head"), (there,))
    return Reply(
        "result/list", {**some.values(), "unseen": any(one.acknowledgement is None for one in decided)}, keyboard
    )


def sheet_page(books: Books, review: Review, papers: Papers | None = None) -> Reply:
    """A confirmed sheet without a rating: its points, who agreed and when."""
    draft, agreed = review.draft, review.last_decision
    assert draft is not None, "what was agreed to was sent"
    values: dict[str, Json] = {
        **review_values(books, review),
        "version": draft.version,
        "totals": totals(books[review.campaign.edition], form_of(books, review), review.person, draft.answers),
        "by": agreed.by_name if agreed else "",
        "by_position": agreed.by_position if agreed else "",
        "at": agreed.at.isoformat() if agreed else "",
        "comment": agreed.comment if agreed else "",
    }
    keys = tuple(key(f"review/{kind}", review, "result_sheet", kind) for kind in KINDS)
    anew = key("anew/ask", review, "anew_ask", str(draft.version))
    others = Key("result/others", Button("result_list"))
    return Reply("result/sheet", values, rows(keys, (anew,), (others,)), papers)


def _sheet_key(books: Books, review: Review) -> Key:
    draft = review.draft
    book, form = books[review.campaign.edition], form_of(books, review)
    shown = {
        str(one["fact"]): one["value"]
        for one in totals(book, form, review.person, draft.answers if draft else {})
        if isinstance(one, dict)
    }
    values = {**which_values(books, review), "score": shown.get("score")}
    return Key("result/sheet", Button("result_sheet", review.id), values)


def about(books: Books, result: DecidedReview) -> dict[str, Json]:
    """Whose result it is, of which form and year, and the number of the ruling in force."""
    return {**review_values(books, result.review), "number": result.ruling.number}


def decided(book: Rulebook, form: Form, ruling: Ruling, state: State) -> dict[str, Json]:
    """A ruling as values of a template: the ratings in the form's own words, and for whom a stand-in decided."""
    ratings: list[Json] = [
        rating_words(book, form, question, rating, ruling.cite) for question, rating in ruling.ratings.items()
    ]
    return {**ruling_values(ruling), **for_values(ruling.for_whom, state.names), "ratings": ratings}


def petition_values(petition: Petition) -> dict[str, Json]:
    """A petition and its outcome, as values of a template."""
    return {
        "number": petition.number,
        "text": petition.text,
        "at": petition.at.isoformat(),
        "due": petition.due.isoformat() if petition.due else "",
        "cite": petition.cite,
        "outcome": petition.outcome.value if petition.outcome else "",
        "answer": petition.answer,
        "answered_at": petition.answered_at.isoformat() if petition.answered_at else "",
    }


def rule_values(rule: PetitionRule | None, state: State, result: DecidedReview) -> dict[str, Json]:
    """The clause on answering a petition, the number of working days, and the last day. `days` 0: no time is set."""
    due = results(state).petition_due.get(result.review.id)
    return {
        "cite": rule.cite if rule else "",
        "days": (rule.answer_within or 0) if rule else 0,
        "note": rule.note if rule else "",
        "unverified": rule.unverified if rule else False,
        "due": due.isoformat() if due else "",
    }


def petition_rule(books: Books, result: DecidedReview) -> PetitionRule | None:
    """The rulebook's rule on petitions; None: it has none."""
    return _rules(books, result)[0].procedure.petitions


def numbered(label: str, result: DecidedReview, verb: str, *more: str) -> Key:
    """A button about the ruling in force, with its number."""
    return key(label, result.review, verb, str(result.ruling.number), *more)


def _rules(books: Books, result: DecidedReview) -> tuple[Rulebook, Form]:
    book = books[result.review.campaign.edition]
    return book, book.forms[result.review.form]


def _titles(form: Form) -> dict[str, Json]:
    """The title of each part of a decision in the form; "": the form has no place for it."""
    titles = {item.takes: item.title for section in form.sections for item in section.items}
    return {part: titles.get(part, "") for part in ("remarks", "measures", "prospects")}


def _response(result: DecidedReview) -> dict[str, Json] | None:
    said = result.acknowledgement
    return {"response": said.response.value, "at": said.at.isoformat(), "text": said.text} if said else None


def _failed_before(books: Books, state: State, result: DecidedReview) -> bool:
    """Whether the person failed in the year before as well, according to reviews stored here or the roster."""
    return failed_last_year(books, state, result.review, results(state).mine)


def _two_years(books: Books, state: State, result: DecidedReview) -> dict[str, Json] | None:
    """The clause on a second consecutive year of not completed duties, if it applies."""
    review, book = result.review, _rules(books, result)[0]
    if result.ruling.rating is not Rating.NOT_COMPLETED or not _failed_before(books, state, result):
        return None
    known = {**traits(review.person), "failed_last_year": True}
    clause = next((case for case in special_cases(book.procedure, known) if case.key == TWO_YEARS), None)
    return {"title": clause.title, "cite": clause.cite} if clause else None


def _keyboard(state: State, result: DecidedReview) -> Rows:
    return rows(
        *_to_do(result),
        _papers(result),
        *_earlier_papers(result),
        (Key("result/plan", Button("plan_list")),),
        (_suggestion(state, result),),
        (year_key(result.review),),
        (
            Key("result/others", Button("result_list"))
            if len(decided_reviews(state)) + len(confirmed_sheets(state)) > 1
            else None,
        ),
    )


def _to_do(result: DecidedReview) -> tuple[tuple[Key | None, ...], ...]:
    """The buttons for responding to the ruling in force."""
    own = result.pending if result.pending and result.pending.number == result.ruling.number else None
    return (
        (numbered("result/seen", result, "result_seen") if result.acknowledgement is None else None,),
        (numbered("result/reserve", result, "result_reserve") if not result.reserved else None,),
        (numbered("result/petition", result, "result_petition") if result.petition is None else None,),
        (numbered("result/withdraw", result, "result_withdraw", str(own.id)) if own else None,),
    )


def _papers(result: DecidedReview) -> Row:
    """The buttons to the documents of the version that was decided on."""
    kinds = KINDS if result.ruling.version else ()
    return tuple(numbered(f"review/{kind}", result, "result_papers", kind) for kind in kinds)


def _earlier_papers(result: DecidedReview) -> Rows:
    """The buttons to the document at each earlier decision."""
    before = [ruling for ruling in result.review.rulings[:-1] if ruling.version]
    return tuple(
        (key("result/earlier_pdf", result.review, "result_papers", str(ruling.number), "pdf", number=ruling.number),)
        for ruling in before
    )


def _suggestion(state: State, result: DecidedReview) -> Key | None:
    """The button to the suggestion, for a review of the present campaign."""
    present = {review.id for review in (state.own, *state.others) if review}
    return key("review/why", result.review, "result") if result.review.id in present else None


def _open(books: Books, result: DecidedReview) -> Key:
    values: dict[str, Json] = {
        **which_values(books, result.review),
        "news": result.acknowledgement is None,
    }
    return Key("result/open", Button("result_show", result.review.id), values)
