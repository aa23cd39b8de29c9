"""The page when no question is open: before sending, and what became of a draft."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from dialogs.core.buttons import Button
from dialogs.core.keys import Rows, foot, key, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.interview.items.list_page import listed_values, part_values, shared_figures
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News
from dialogs.shown.chain import for_values
from dialogs.shown.chart import year_key
from dialogs.shown.deciders import decided_outside
from dialogs.shown.person import which_values
from dialogs.shown.ruling import rating_words, ruling_values
from dialogs.shown.self_rating import self_rating_values
from dialogs.shown.self_rating import totals as shown_totals
from dialogs.shown.truth import truth_values
from dialogs.shown.work import in_short
from dialogs.shown.year_scores import changed_values, scores_values
from rules.campaign.at_work import in_order
from rules.campaign.last_days import is_extended, is_late, last_day
from rules.forms.answers import items_so_far, said
from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import Question, QuestionKind
from rules.forms.kinds import ListItem
from rules.judging.interview import rating_questions
from rules.nouns.reviews import RULED, Decision, Json, Review, ReviewStatus
from rules.nouns.rulings import Ruling
from rules.nouns.tracking import Standing
from rules.nouns.values import Rating

#: The page before sending.
CHECK = "review/check"
#: How many owed forms a greeting lists; a button leads to all.
OWED = 4
#: How many hexadecimal digits of the answers' stamp the button for sending carries.
DIGITS = 12


def check_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """Everything is answered: a last look before sending."""
    answers = {**sheet.review.answers, **sheet.reasons_gone}
    values: dict[str, Json] = {
        **about(sheet),
        **_decider(sheet),
        "news": [line for line in lines if not _says_again(sheet, line)],
        "items": glance(sheet, unfinished=True),
        "ratings": self_rating_values(sheet.book, sheet.form, sheet.review.person, answers, sheet.known),
        "totals": totals(sheet),
        "scores": scores_values(sheet.review.answers),
        "changed": [],
        "ledger": ledger_values(sheet),
        **truth_values(sheet.books, sheet.known),
    }
    digits = content(sheet)[:DIGITS]
    send = key("review/send", sheet.review, "send", digits, name=values["approver"], own=values["own"])
    last = sheet.places[-1] if sheet.places else None
    keyboard = rows(
        (send,),
        (_anew(sheet),),
        *foot(sheet.review, key("question/before", sheet.review, "go", last.key) if last else None, why(sheet)),
    )
    return Reply(CHECK, values, keyboard, replaces=replaces)


def _says_again(sheet: OwnReview, line: News) -> bool:
    """Whether a line tells of a rating that was just chosen: it stands on the page. What it was before is still told."""
    question = sheet.form.questions.get(str(line.get("question")))
    return line["what"] == "kept" and question is not None and question.kind is QuestionKind.RATING


def status_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """The state of a submitted draft: waiting, agreed to, or decided."""
    review = sheet.review
    if review.ruling and review.status in RULED:
        return _decided_page(sheet, review.ruling, *lines, replaces=replaces)
    draft = review.draft
    values: dict[str, Json] = {
        **about(sheet),
        "news": list(lines),
        "version": draft.version if draft else 0,
        "at": draft.submitted_at.isoformat() if draft else "",
        "ratings": self_rating_values(sheet.book, sheet.form, review.person, draft.answers, sheet.known)
        if draft
        else [],
        "totals": totals(sheet),
        "scores": scores_values(draft.answers) if draft else None,
        "changed": changed_values(review),
        **forms(sheet),
        "decision": decided(review.last_decision, sheet.state.names),
    }
    waits = review.status is ReviewStatus.SUBMITTED
    values |= _decider(sheet) if waits else {"outside": decided_outside(sheet.books, review)}
    agreed = review.status in {ReviewStatus.APPROVED, ReviewStatus.FINAL}  # FINAL without a decision: a sheet
    template = "review/approved" if agreed else "review/submitted"
    return Reply(template, values, _status_keyboard(sheet), replaces=replaces)


def _decided_page(sheet: OwnReview, ruling: Ruling, *lines: News, replaces: bool) -> Reply:
    """The decision in short; the page of the result has the rest."""
    review = sheet.review
    ratings: list[Json] = [
        rating_words(sheet.book, sheet.form, question, one, ruling.cite) for question, one in ruling.ratings.items()
    ]
    values: dict[str, Json] = {
        **about(sheet),
        "news": list(lines),
        "ruling": {**ruling_values(ruling), **for_values(ruling.for_whom, sheet.state.names), "ratings": ratings},
        "status": review.status.value,
        **forms(sheet),
    }
    to_result = key("result/decided", review, "result_show", str(ruling.number))
    return Reply(
        "review/decided", values, rows((next_form(sheet),), (to_result,), (my_forms(sheet.state),)), replaces=replaces
    )


def by_item(places: Iterable[Place]) -> Iterator[tuple[Place, ...]]:
    """The questions, item by item."""
    for _, group in groupby(places, key=lambda place: place.item.key):
        yield tuple(group)


def done(sheet: OwnReview, places: Iterable[Place]) -> int:
    """How many of these questions are settled. Skipped ones are not, unless they are optional."""
    return sum(
        place.key not in sheet.unsettled and not (place.question.required and skipped(sheet, place)) for place in places
    )


def skipped(sheet: OwnReview, place: Place) -> bool:
    """Whether the question was skipped."""
    answer = sheet.answer(place.key)
    return answer is not None and answer.skipped


def glance(sheet: OwnReview, *, unfinished: bool = False) -> list[Json]:
    """Every item: its place, how many of its questions are answered, and the answers. `unfinished`: only items with
    skipped questions.
    """
    listed: list[Json] = []
    for places in by_item(sheet.places):
        if unfinished and done(sheet, places) == len(places):
            continue
        section, item = places[0].section, places[0].item
        listed.append(
            {
                "section": {"key": section.key, "number": section.number, "title": section.title},
                "number": item.number,
                "title": item.title,
                "done": done(sheet, places),
                "total": len(places),
                "open": any(sheet.may_change(place) for place in places),
                "entries": _entries(sheet, places),
            }
        )
    return listed


def _entries(sheet: OwnReview, places: tuple[Place, ...]) -> list[Json]:
    """The answers in full. Equal choices without evidence are counted together."""
    entries: dict[str, dict[str, Json]] = {}
    times: Counter[str] = Counter()
    for place in places:
        question, answer = place.question, sheet.answer(place.key)
        words, note = said(question, answer), answer.note if answer else ""
        counted = question.illustrated and len(places) > 1 and not note
        called = question.short if note else question.printed_as or question.short
        title = "" if counted or len(places) == 1 else called or question.text
        name = str(words["text"]) + str(words["what"]) if counted else place.key
        whole = str(answer.value) if answer and words["what"] == "text" else words["text"]
        items, shared = _items_in_full(question, items_so_far(answer))
        entries.setdefault(
            name, {"title": title, "said": {**words, "text": whole, "note": note}, "items": items, "shared": shared}
        )
        times[name] += 1
    return [{**entry, "times": times[name]} for name, entry in entries.items()]


def _items_in_full(question: Question, listed: tuple[ListItem, ...]) -> tuple[list[Json], list[Json]]:
    """The items of a list with their figures; figures that most items share are given once."""
    shared = shared_figures(question, listed)
    names: list[Json] = list(
        listed_values(question, listed, shared, chars=question.fields[0].max_chars if question.fields else 0)
    )
    return names, part_values(question.fields[1:], shared) if shared else []


def about(sheet: OwnReview) -> dict[str, Json]:
    """Whose review it is, and who decides it until when."""
    state, review = sheet.state, sheet.review
    return {
        **which_values(sheet.books, review),
        "name": review.person.name,
        "form": sheet.form.title,
        "own": sheet.form.use == "review",
        "approver": state.approver.name if state.approver else "",
        "due": state.due.isoformat() if state.due else "",
        "days": (state.due - state.now.date()).days if state.due else 0,
        "extended": is_extended(review),
        "done": len(sheet.places) - len(sheet.unsettled),
        "total": len(sheet.places),
    }


def _decider(sheet: OwnReview) -> dict[str, Json]:
    """The decider: an authority `outside`, with the title in its clause, or a person here (`inside`)."""
    outside = decided_outside(sheet.books, sheet.review)
    return {"outside": outside, "inside": sheet.review.decider_id is not None}


def decided(decision: Decision | None, names: Mapping[int, str]) -> dict[str, Json] | None:
    """A decision as templates take it. `names`: of people for whom a stand-in may have acted."""
    if decision is None:
        return None
    return {
        "by": decision.by_name,
        "position": decision.by_position,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
        "version": decision.version,
        **for_values(decision.for_whom, names),
    }


def content(sheet: OwnReview) -> str:
    """The stamp of the present answers."""
    return answers_stamp(sheet.form, sheet.review.answers)


def self_rating(sheet: OwnReview) -> Rating | None:
    """The stored self-rating of the form's own kind; None if there is none."""
    own = rating_questions(sheet.form)
    place = sheet.place(own[-1].key) if own else None
    answer = sheet.answer(place.key) if place else None
    return Rating(str(answer.value)) if answer and answer.value in tuple(Rating) else None


def totals(sheet: OwnReview) -> list[Json]:
    """The computed values that the form shows: points and their sum."""
    return shown_totals(sheet.book, sheet.form, sheet.review.person, sheet.review.answers)


def ledger_values(sheet: OwnReview) -> dict[str, Json] | None:
    """The ledger sent with the sheet, in short, and whether the sheet differs."""
    found = sheet.from_ledger
    if found is None:
        return None
    return {**in_short(sheet.book, found.ledger), "differs": found.differs(sheet.review.answers)}


def why(sheet: OwnReview) -> Key | None:
    """The button to the suggestion and its conditions, or to how the points are computed."""
    if sheet.suggestions:
        return key("review/why", sheet.review, "result")
    return None


def next_form(sheet: OwnReview) -> Key | None:
    """The button to the form after this one."""
    to_come = next((review for review in sheet.state.others if review.open), None)
    if to_come is None:
        return None
    return key("review/next_form", to_come, "next", **which_values(sheet.books, to_come))


def forms(sheet: OwnReview) -> dict[str, Json]:
    """The person's forms as templates take them: `forms` in order with their state, if a campaign has several; `owed`
    over several campaigns: the first ones, and how many more.
    """
    mine = sorted((sheet.review, *sheet.state.others), key=lambda review: (review.campaign.id, review.id))
    if len({one.campaign.id for one in mine}) == 1:
        return {"forms": [standing(sheet, review) for review in mine] if len(mine) > 1 else [], "owed": None}
    owed = [one for one in in_order(mine, sheet.state.now.date()) if one.open]
    shown: list[Json] = [standing(sheet, review) for review in owed[:OWED]]
    return {"forms": [], "owed": {"lines": shown, "count": len(owed), "more": max(0, len(owed) - OWED)}}


def my_forms(state: State) -> Key | None:
    """The button to all forms of a person with more than one."""
    return Key("review/my_forms", Button("forms")) if state.own and state.others else None


def standing(sheet: OwnReview, review: Review) -> dict[str, Json]:
    """A form as a line of a list: its name, last day, state, and whether it is the one at work."""
    form = sheet.books[review.campaign.edition].forms[review.form]
    begun = review.status is ReviewStatus.DRAFTING and review.begun
    status, due = "begun" if begun else review.status.value, last_day(review)
    return {
        **which_values(sheet.books, review),
        "title": form.title,
        "status": status,
        "due": due.isoformat() if due else "",
        "extended": is_extended(review),
        "late": is_late(review, sheet.state.now.date()),
        "now": review.id == sheet.review.id,
    }


def _anew(sheet: OwnReview) -> Key | None:
    """The button to ask for redoing a confirmed sheet, or one on which the yearly form depends."""
    review = sheet.review
    if review.status is ReviewStatus.FINAL and review.draft and not review.ruling:
        return key("anew/ask", review, "anew_ask", str(review.draft.version))
    confirmed = any(one.standing is Standing.CONFIRMED for one in review.held.values())
    return key("anew/list", review, "anew_list") if confirmed else None


def _status_keyboard(sheet: OwnReview) -> Rows:
    review = sheet.review
    version = str(review.draft.version if review.draft else 0)
    waiting = review.status is ReviewStatus.SUBMITTED
    return rows(
        (next_form(sheet),),
        (key("review/pages", review, "file", "pages", version),),
        (key("review/docx", review, "file", "docx", version), key("review/pdf", review, "file", "pdf", version)),
        (why(sheet),),
        (year_key(review) if sheet.form.use == "tracking" else None,),
        (_anew(sheet),),
        (key("review/withdraw", review, "withdraw", version) if waiting else None,),
        (my_forms(sheet.state),),
    )
