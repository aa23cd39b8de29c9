"""The page of a decided review, as its person reads it: the decision, what led to it, what may be done now."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import Row, Rows, key, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.result.decided_review import DecidedReview, decided_reviews, results
from dialogs.shown.chain import for_values
from dialogs.shown.person import review_values
from dialogs.shown.ruling import TWO_YEARS, rating_words, ruling_values
from rules.book.procedure import PetitionRule, special_cases
from rules.book.rulebook import Rulebook
from rules.forms.form import Form
from rules.nouns.people import traits
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition, Ruling
from rules.nouns.service import failed_two_years

KINDS = ("pages", "docx", "pdf")


def page(books: Books, state: State, one: DecidedReview, *, replaces: bool = False) -> Reply:
    """The result of one review."""
    book, form = _rules(books, one)
    values: dict[str, Json] = {
        **about(books, one),
        "ruling": decided(form, one.ruling, state),
        "titles": _titles(form),
        "earlier": [decided(form, before, state) for before in one.review.rulings[:-1]],
        "response": _response(one),
        "petitions": [petition_values(petition) for petition in one.petitions],
        "petition": rule_values(book.procedure.petitions, state, one),
        "may_petition": one.petition is None,
        "outside": one.review.decider_id is None,
        "two_years": _two_years(book, one),
    }
    return Reply("result/page", values, _keyboard(state, one), replaces=replaces)


def list_of(books: Books, found: tuple[DecidedReview, ...], *, replaces: bool = False) -> Reply:
    """Several results, each a button."""
    return Reply("result/list", {"count": len(found)}, tuple((_open(books, one),) for one in found), replaces=replaces)


def about(books: Books, one: DecidedReview) -> dict[str, Json]:
    """Whose result it is, of which form and year, and which decision is in force."""
    _, form = _rules(books, one)
    return {**review_values(form, one.review), "number": one.ruling.number}


def decided(form: Form, ruling: Ruling, state: State) -> dict[str, Json]:
    """A decision as templates take it: the ratings in the form's own words, and for whom a stand-in decided."""
    ratings: list[Json] = [rating_words(form, question, rating) for question, rating in ruling.ratings.items()]
    return {**ruling_values(ruling), **for_values(ruling.for_whom, state.names), "ratings": ratings}


def petition_values(petition: Petition) -> dict[str, Json]:
    """A petition and what became of it, as templates take them."""
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


def rule_values(rule: PetitionRule | None, state: State, one: DecidedReview) -> dict[str, Json]:
    """By which clause a petition is answered, in how many working days, until when. `days` 0: no time is set."""
    due = results(state).petition_due.get(one.review.id)
    return {
        "cite": rule.cite if rule else "",
        "days": (rule.answer_within or 0) if rule else 0,
        "note": rule.note if rule else "",
        "unverified": rule.unverified if rule else False,
        "due": due.isoformat() if due else "",
    }


def petition_rule(books: Books, one: DecidedReview) -> PetitionRule | None:
    """What the rulebook says of petitions; None: nothing."""
    return _rules(books, one)[0].procedure.petitions


def numbered(label: str, one: DecidedReview, verb: str, *more: str) -> Key:
    """A button about the decision in force: it carries its number."""
    return key(label, one.review, verb, str(one.ruling.number), *more)


def _rules(books: Books, one: DecidedReview) -> tuple[Rulebook, Form]:
    book = books[one.review.campaign.edition]
    return book, book.forms[one.review.form]


def _titles(form: Form) -> dict[str, Json]:
    """Under which title of the form each part of a decision stands; "" where the form has no place for it."""
    titles = {item.takes: item.title for section in form.sections for item in section.items}
    return {part: titles.get(part, "") for part in ("remarks", "measures", "prospects")}


def _response(one: DecidedReview) -> dict[str, Json] | None:
    said = one.said
    return {"response": said.response.value, "at": said.at.isoformat(), "text": said.text} if said else None


def _two_years(book: Rulebook, one: DecidedReview) -> dict[str, Json] | None:
    """The clause on a second year in a row without completing one's duties, where it is reached."""
    review = one.review
    if not failed_two_years(review.person.service, review.campaign.year, one.ruling.rating):
        return None
    known = {**traits(review.person), "failed_last_year": True}
    clause = next((case for case in special_cases(book.procedure, known) if case.key == TWO_YEARS), None)
    return {"title": clause.title, "cite": clause.cite, "unverified": clause.unverified} if clause else None


def _keyboard(state: State, one: DecidedReview) -> Rows:
    return rows(
        *_to_do(one),
        _papers(one),
        *_earlier_papers(one),
        (Key("result/plan", Button("plan_list")),),
        (_suggestion(state, one),),
        (Key("result/others", Button("result_list")) if len(decided_reviews(state)) > 1 else None,),
    )


def _to_do(one: DecidedReview) -> tuple[tuple[Key | None, ...], ...]:
    """What the person may do about the decision in force."""
    own = one.pending if one.pending and one.pending.number == one.ruling.number else None
    return (
        (numbered("result/seen", one, "result_seen") if one.said is None else None,),
        (numbered("result/reserve", one, "result_reserve") if not one.reserved else None,),
        (numbered("result/petition", one, "result_petition") if one.petition is None else None,),
        (numbered("result/withdraw", one, "result_withdraw", str(own.id)) if own else None,),
    )


def _papers(one: DecidedReview) -> Row:
    """The documents of the version it was decided on."""
    kinds = KINDS if one.ruling.version else ()
    return tuple(numbered(f"review/{kind}", one, "result_papers", kind) for kind in kinds)


def _earlier_papers(one: DecidedReview) -> Rows:
    """The document as each earlier decision had it."""
    before = [ruling for ruling in one.review.rulings[:-1] if ruling.version]
    return tuple(
        (key("result/earlier_pdf", one.review, "result_papers", str(ruling.number), "pdf", number=ruling.number),)
        for ruling in before
    )


def _suggestion(state: State, one: DecidedReview) -> Key | None:
    """The button to the suggestion, for a review of the present campaign."""
    present = {review.id for review in (state.own, *state.others) if review}
    return key("review/why", one.review, "result") if one.review.id in present else None


def _open(books: Books, one: DecidedReview) -> Key:
    _, form = _rules(books, one)
    values: dict[str, Json] = {"code": form.code, "year": one.review.campaign.year, "news": one.said is None}
    return Key("result/open", Button("result_show", one.review.id), values)
