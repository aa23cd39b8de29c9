"""The chair's conclusion (strengths, shortcomings, the proposed rating with its quota), and the person's response to
it.
"""

from dataclasses import dataclass

from dialogs.core.awaited import awaiting, written
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Withdraw
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, SetFocus, Turn
from dialogs.meeting.asking import ask_of_item
from dialogs.meeting.guard import At, button_of, known, to_item
from dialogs.meeting.happening import happens
from dialogs.meeting.items import after, can_take_back, conclusion_values, of, other_chair, shown, theirs, voted
from dialogs.shown.person import review_values
from dialogs.shown.quota import quota_values
from rules.campaign.deciding.quotas import proposed_with
from rules.forms.form import Question
from rules.judging.interview import rated, rating_questions
from rules.meeting.agenda import of_oneself, quorum
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.items import Item, ItemStatus
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.reviews import Json, Review
from rules.nouns.values import Rating

#: The purposes of the focus while the chair concludes: first the two texts, then the ratings.
STRENGTHS, SHORTCOMINGS, RATING = "meeting_strengths", "meeting_shortcomings", "meeting_rating"


def conclude(_: Books, state: State, at: At, __: Button) -> Turn:
    """Ask for the strengths first: `meeting_conclude:0:<meeting>:<review>`."""
    if refused := not_now(state, at):
        return refused
    return ask_of_item("strengths", at)


def not_now(state: State, at: At, *, typed: bool = False) -> Turn | None:
    """Why the item cannot be concluded: it is not open, it is the chair's own, or the text demands more people present;
    None: it can. `typed`: a text was sent that is not stored because of this.
    """
    if at.item.status is not ItemStatus.OPEN or at.meeting.status is not Status.RUNNING:
        return shown(state, at, said="not_open")
    if of_oneself(at.meeting, at.item):
        return other_chair(state, at)
    needed = quorum(at.meeting, known(state).rules)
    rule = known(state).rules.quorum
    if needed and rule and needed[1] < needed[0]:
        values: dict[str, Json] = {"needed": needed[0], "present": needed[1], "cite": rule.cite, "quote": rule.quote}
        interrupt = Key("meeting/interrupt", button_of("meeting_interrupt", at.meeting))
        return Turn((Reply("meeting/too_few", {**values, "typed": typed}, ((to_item(at),), (interrupt,))),))
    return None


def strengths(_: Books, state: State, at: At, text: str) -> Turn:
    """Take the strengths and ask for the shortcomings."""
    return not_now(state, at, typed=True) or ask_of_item("shortcomings", at, about={"strengths": text})


def shortcomings(books: Books, state: State, at: At, text: str) -> Turn:
    """Take the shortcomings and ask for the rating, if the form has one."""
    if refused := not_now(state, at, typed=True):
        return refused
    return _rating(books, state, at, _Making(written(state, "strengths"), text, ()))


@dataclass(frozen=True, slots=True)
class _Making:
    """A conclusion that is being written."""

    strengths: str
    shortcomings: str
    #: The chosen value of each rating in the form so far; "": no rating.
    chosen: tuple[str, ...]

    @property
    def focus(self) -> dict[str, Json]:
        """The values that the focus keeps."""
        chosen: list[Json] = [*self.chosen]
        return {"strengths": self.strengths, "shortcomings": self.shortcomings, "chosen": chosen}


def _made(state: State, at: At) -> _Making:
    """What has been written about this item. Text written about another item is never used."""
    if (kept_number(state, "meeting"), kept_number(state, "item")) != (at.meeting.id, at.item.review):
        return _Making("", "", ())
    chosen = (state.focus or {}).get("chosen")
    kept = tuple(str(one) for one in chosen) if isinstance(chosen, list) else ()
    return _Making(written(state, "strengths"), written(state, "shortcomings"), kept)


def _questions(books: Books, state: State, at: At) -> tuple[Question, ...]:
    line = known(state).lines.get(at.item.review)
    return rating_questions(books[line.campaign.edition].forms[line.form]) if line else ()


def _rating(books: Books, state: State, at: At, made: _Making) -> Turn:
    """Ask for the next rating, or show the whole conclusion for confirmation."""
    questions = _questions(books, state, at)
    focus = awaiting(RATING, meeting=at.meeting.id, item=at.item.review, **made.focus)
    if len(made.chosen) >= len(questions):
        return Turn((_preview(books, state, at, made),), (focus,))
    question = questions[len(made.chosen)]
    line = known(state).lines[at.item.review]
    values: dict[str, Json] = {
        "name": at.item.name,
        "about": question.about if len(questions) > 1 else "",
        "self_rating": line.self_rating,
        "quotas": [*_quotas(books, state, at, question, None)],
        "votes": voted(state, at.item),
    }
    keys = [
        (
            Key(
                "review/rating",
                button_of("meeting_rate", at.meeting, str(at.item.review), str(len(made.chosen)), rating.value),
                {"rating": rating.value},
            ),
        )
        for rating in Rating
    ]
    none = Key(
        "meeting/no_rating", button_of("meeting_rate", at.meeting, str(at.item.review), str(len(made.chosen)), "none")
    )
    return Turn((Reply("meeting/rating", values, rows(*keys, (none,), (to_item(at),))),), (focus,))


def _quotas(books: Books, state: State, at: At, question: Question, rating: Rating | None) -> list[dict[str, Json]]:
    """Where the groups stand in which the rating of this question counts. With a `rating`, only those that limit it."""
    line = known(state).lines.get(at.item.review)
    if line is None:
        return []
    listed = known(state).proposed.get((line.campaign.id, line.campaign.rulebook), ())
    book = books[line.campaign.edition]
    subject, _ = rated(book.forms[line.form], line.person, question)
    states = proposed_with(book, at.item.review, rating, listed, subject)
    return [
        {**quota_values(one), "over": bool(one.over)}
        for one in states
        if rating is None or one.share.quota.rating is rating
    ]


def rate(books: Books, state: State, at: At, button: Button) -> Turn:
    """A rating was chosen: `meeting_rate:0:<meeting>:<review>:<place>:<rating>`."""
    if refused := not_now(state, at):
        return refused
    made, place, pressed = _made(state, at), number(button, 2), word(button, 3)
    if (
        not made.strengths
        or (state.focus or {}).get("for") != RATING
        or place > len(made.chosen)
        or pressed not in {*Rating, "none"}
    ):
        return ask_of_item("strengths", at)
    chosen = (*made.chosen[:place], "" if pressed == "none" else pressed)
    return _rating(books, state, at, _Making(made.strengths, made.shortcomings, chosen))


def _preview(books: Books, state: State, at: At, made: _Making) -> Reply:
    questions = _questions(books, state, at)
    chosen = [(one, given) for one, given in zip(questions, made.chosen, strict=False)]
    values: dict[str, Json] = {
        "name": at.item.name,
        "strengths": made.strengths,
        "shortcomings": made.shortcomings,
        "ratings": [{"about": _about(questions, one), "rating": given} for one, given in chosen],
        "quotas": [
            {**quota, "about": _about(questions, one)}
            for one, given in chosen
            if given
            for quota in _quotas(books, state, at, one, Rating(given))
        ],
        "votes": voted(state, at.item),
        "comments": sum(not one.withdrawn for one in at.item.comments),
    }
    sure = Key("meeting/concluded", button_of("meeting_concluded", at.meeting, str(at.item.review)))
    again = Key("meeting/conclude_again", button_of("meeting_conclude", at.meeting, str(at.item.review)))
    return Reply("meeting/conclude", values, ((sure,), (again,), (to_item(at),)))


def _about(questions: tuple[Question, ...], one: Question) -> str:
    return (one.about or "") if len(questions) > 1 else ""


def typed_rating(books: Books, state: State, at: At, __: str) -> Turn:
    """A text was sent where a rating is to be pressed: ask again."""
    return not_now(state, at) or _rating(books, state, at, _made(state, at))


def concluded(books: Books, state: State, at: At, _: Button) -> Turn:
    """Store the conclusion and tell the person: `meeting_concluded:0:<meeting>:<review>`."""
    if refused := not_now(state, at):
        return refused
    made, questions = _made(state, at), _questions(books, state, at)
    if not made.strengths or len(made.chosen) < len(questions):
        return ask_of_item("strengths", at)
    ratings: list[Json] = [
        {"question": one.key, "about": _about(questions, one), "rating": given}
        for one, given in zip(questions, made.chosen, strict=False)
        if given
    ]
    data: dict[str, Json] = {"strengths": made.strengths, "shortcomings": made.shortcomings, "ratings": ratings}
    data |= {"votes": voted(state, at.item)}
    new = NewHappening(Kind.CONCLUDED, at.item.review, data=data)
    then, keep = happens(state, at.meeting, new)
    now = of(then, at)
    return shown(state, now, keep, *told(state, then, now.item), said="concluded")


def told(state: State, meeting: Meeting, item: Item) -> tuple[Command, ...]:
    """The notices of a conclusion: to the person, or for a body to the head of the unit and the drafter of the report."""
    conclusion = item.conclusion
    assert conclusion is not None, "it was just concluded"
    if meeting.consults:  # the authority's decision tells the person later
        return ()
    line = known(state).lines.get(item.review)
    heads = [one.id for one in meeting.members if one.head]
    drafts = [line.drafter] if line and line.drafter else []
    to = dict.fromkeys([*heads, *drafts]) if item.body else [item.person]
    values: dict[str, Json] = {"unit": meeting.unit_name, "name": item.name, "code": item.code, "body": item.body}
    key = Key("meeting/to_item", button_of("meeting_item", meeting, str(item.review)))
    about = (str(item.review), "same", str(len(item.conclusions)))
    up = () if item.body else (Key("meeting/up", button_of("meeting_up", meeting, *about)),)
    reply = Reply("meeting/told", {**values, "conclusion": conclusion_values(conclusion)}, rows(up, (key,)))
    return tuple(Notify(one, f"meeting-concluded:{meeting.id}:{meeting.last}:{one}", reply) for one in to)


def ask_reopen(_: Books, state: State, at: At, __: Button) -> Turn:
    """Ask why a concluded item is reopened: `meeting_reopen:0:<meeting>:<review>`."""
    if at.item.status is not ItemStatus.CONCLUDED or at.meeting.status is not Status.RUNNING:
        return shown(state, at)
    return ask_of_item("reopen", at)


def reopened(_: Books, state: State, at: At, text: str) -> Turn:
    """Reopen the item with the reason. The conclusion is kept but no longer counts."""
    if at.item.status is not ItemStatus.CONCLUDED or at.meeting.status is not Status.RUNNING:
        return shown(state, at)
    return after(state, at, NewHappening(Kind.REOPENED, at.item.review, text=text), said="reopened")


# ── the person takes it up ──


def take_up(books: Books, state: State, at: At, button: Button) -> Turn:
    """The person takes up the conclusion, without change (`same`) or with a new version of the review (`anew`):
    `meeting_up:0:<meeting>:<review>:<same|anew>:<number of the conclusion>`.

    If there is a newer conclusion, it is shown first.
    """
    other = number(button, 3) not in {0, len(at.item.conclusions)}
    if not theirs(state, at) or at.item.conclusion is None or at.item.taken_up is not None or other:
        return shown(state, at)
    if word(button, 2) != "anew":
        return after(state, at, _taken(at, 0), said="taken_up")
    review = next((one for one in (state.own, *state.others) if one and one.id == at.item.review), None)
    if review is None or review.draft is None or not (review.open or can_take_back(review)):
        return shown(state, at, said="not_back")
    back: tuple[Command, ...] = (
        () if review.open else (Withdraw(review.id, review.draft.version), *_gone(books, state, review))
    )
    _, keep = happens(state, at.meeting, _taken(at, review.draft.version))
    values: dict[str, Json] = {"version": review.draft.version, "code": at.item.code}
    conclusion = conclusion_values(at.item.conclusion)
    on = Key("review/go_on", Button("next", review.id))
    outline = Key("question/outline", Button("outline", review.id))
    reply = Reply("meeting/anew", {**values, "conclusion": conclusion}, ((outline,), (on,)))
    return Turn((reply,), (keep, *back, SetFocus(None)))


def _taken(at: At, version: int) -> NewHappening:
    return NewHappening(Kind.TAKEN_UP, at.item.review, at.item.person, data={"version": version})


def _gone(books: Books, state: State, review: Review) -> tuple[Command, ...]:
    """The approver who had the draft is told that it was taken back, as for every draft."""
    if review.approver_id is None or review.draft is None:
        return ()
    values = {**review_values(books, review), "version": review.draft.version, "at": state.now.isoformat()}
    reply = Reply("notice/withdrawn", values)
    return (Notify(review.approver_id, f"withdrawn:{review.id}:{review.draft.version}", reply, review.person.id),)
