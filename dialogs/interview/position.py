"""The position in one's own review: who may press, how the question is shown, how it moves on.

Every path through one's own review begins with `looking` or `changing` and ends with `told`, `kept` or `go_to`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.commands.drafts import Submit, Withdraw
from dialogs.core.commands.refusals import Refuse
from dialogs.core.guard import What
from dialogs.core.handlers import Books, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Command, Papers, Reply, SetFocus, Turn
from dialogs.interview.contradiction_page import ask_about, focus_after, new_contradiction
from dialogs.interview.items.list_page import ask_list
from dialogs.interview.offers_page import OFFERS, known_already, offers_page, shows_offers
from dialogs.interview.own_review import THEN, OwnReview, Place, focus_on
from dialogs.interview.question_page import News, after_change, ask, ask_rating, news
from dialogs.interview.review_page import CHECK, check_page, decided, status_page
from dialogs.interview.several.clash import held_back
from dialogs.interview.several.pages import part_page, waiting_page
from dialogs.interview.together_page import ask_together
from dialogs.shown.person import which_values
from dialogs.shown.proposed import proposed, take_key
from rules.campaign.permissions import Action, Relation, fills, may, relations
from rules.forms.form import QuestionKind
from rules.forms.kinds import same
from rules.nouns.reviews import Answer, Json, Outcome, ReviewStatus

#: Handles a press in one's own review, which is opened for it.
OnOwnReview = Callable[[OwnReview, Button], Turn]
#: Handles a press about one question that may be changed now.
OnPlace = Callable[[OwnReview, Place, Button], Turn]

#: Messages that show a list, or a part of one of its items.
_OF_A_LIST = frozenset({"question/list", "question/part"})

#: Purposes of the focus in one's own review. With any other, a photo does not bring up one's own question.
_OF_OWN = {None, "question", "part", "note"}

#: Command about one's own review → the action that it needs.
_DONE: Mapping[type, Action] = {
    KeepAnswer: Action.ANSWER,
    Submit: Action.SUBMIT,
    Withdraw: Action.WITHDRAW,
}
#: The relation of people to what is their own.
_OWNER = frozenset({Relation.SELF})


def _is_to(state: State) -> frozenset[Relation]:
    """The person's relations to the review at work: their own, or that of a drafter or writer of a body's report."""
    if state.own is None or state.person is None or state.own.report is None:
        return _OWNER
    return relations(state.person, state.own)


def of_own(handler: Callable[[Books, State, What], Turn]) -> Callable[[Books, State, What], Turn]:
    """A handler for one's own review that asks the table of permissions about everything it reads, shows and stores."""

    def asked(books: Books, state: State, what: What) -> Turn:
        turn: Turn = handler(books, state, what)
        done = [Action.READ_DRAFT, *(_DONE[type(command)] for command in turn.commands if type(command) in _DONE)]
        if any(isinstance(reply.attached, Papers) for reply in turn.replies):
            done.append(Action.READ_PAPERS)
        held = _is_to(state)
        denied = next((action for action in done if not may(held, action)), None)
        if state.own is None or denied is None:
            return held_back(books, state, turn)
        review = what.review if isinstance(what, Button) else state.own.id
        refused = Refuse(denied, "not_allowed", review=review or state.own.id)
        return Turn((Reply("review/line", {"news": [news("unknown")]}),), (refused,))

    return asked


def looking(handler: OnOwnReview, action: Action = Action.READ_DRAFT) -> OnPress:
    """A handler only for one's own review in an open campaign. `action`: what a press about somebody else's review is
    recorded as.
    """

    def press(books: Books, state: State, button: Button) -> Turn:
        if state.own is not None and state.own.id == button.review:
            return handler(OwnReview.of(books, state), button)
        later = next((review for review in state.others if review.id == button.review), None)
        if later is None:
            return not_own(books, state, action)
        # A later form waits for its turn while the one before it is at work.
        return told(OwnReview.of(books, state), news("in_turn", **which_values(books, later)))

    return press


def changing(handler: OnPlace) -> OnPress:
    """A handler only for a question (the button's first word) that is asked and may be changed now."""

    def press(sheet: OwnReview, button: Button) -> Turn:
        named = button.about[0] if button.about else ""
        place = sheet.place(named)
        if not sheet.open:
            return told(sheet, news("locked", status=sheet.review.status.value))
        if place is None:
            return told(sheet, _not_asked(sheet, named))
        if not sheet.may_change(place):
            return told(sheet, news("not_reopened", number=place.number))
        return handler(sheet, place, button)

    return looking(press, Action.ANSWER)


def in_place(handler: OnPlace) -> OnPlace:
    """Change the message of a list's button while that list is asked. What comes afterwards is a new message."""

    def press(sheet: OwnReview, place: Place, button: Button) -> Turn:
        turn = handler(sheet, place, button)
        redrawn = bool(turn.commands) and len(turn.replies) == 1 and turn.replies[0].template in _OF_A_LIST
        return replace(turn, replies=(replace(turn.replies[0], replaces=True),)) if redrawn else turn

    return press


def _not_asked(sheet: OwnReview, named: str) -> News:
    """Why this person is not asked the question now."""
    question, found = sheet.form.questions.get(named), sheet.suggestions.get(named)
    if found and (rule := found.not_rated):
        return news(
            "excluded",
            rating="",
            why="not_rated",
            cite=rule.cite,
            fact="",
            at_most=None,
            because=rule.because,
            ground=None,
        )
    return news("not_asked" if question else "unknown")


def here(sheet: OwnReview, *lines: News, brief: bool = False, replaces: bool = False) -> Reply:
    """The current question, the page before sending, or what became of the draft.

    Without other news it also says why a draft was returned and what has to be changed, until it is sent again.
    """
    review = sheet.review
    if not lines and review.status is ReviewStatus.RETURNED and review.last_decision:
        pointed: list[Json] = [
            {"number": part.number, "title": part.title} for part in sheet.form.parts() if part.key in sheet.reopened
        ]
        right = held_right(sheet)
        told = proposed(sheet.form, review.answers, right)
        decision = decided(review.last_decision, sheet.state.names)
        lines = (news("returned", decision=decision, parts=pointed, points=told),)
        if right:
            drawn = _drawn(sheet, *lines, brief=brief, replaces=replaces)
            take = take_key(review.id, review.last_decision.version, len(right))
            return replace(drawn, keyboard=((take,), *drawn.keyboard))
    return _drawn(sheet, *lines, brief=brief, replaces=replaces)


def held_right(sheet: OwnReview) -> dict[str, Json]:
    """The head's points from the return, by question, as far as they are allowed and not taken over yet."""
    decision = sheet.review.last_decision
    if not sheet.open or decision is None or decision.outcome is not Outcome.RETURNED:
        return {}
    places = ((sheet.place(key), value) for key, value in decision.points.items())
    free = {place.key: value for place, value in places if place and sheet.may_change(place)}
    kept = {key: sheet.answer(key) for key in free}
    return {key: value for key, value in free.items() if (one := kept[key]) is None or not same(one.value, value)}


def _drawn(sheet: OwnReview, *lines: News, brief: bool, replaces: bool) -> Reply:
    if not sheet.open:
        return status_page(sheet, *lines, replaces=replaces)
    place = sheet.current()
    if place is not None and shows_offers(sheet):
        return offers_page(sheet, *lines, replaces=replaces)
    if place is None and sheet.writes_part:
        return part_page(sheet, *lines, replaces=replaces)
    if place is None and sheet.waits_for:
        return waiting_page(sheet, *lines, replaces=replaces)
    if place is None:
        return check_page(sheet, *lines, replaces=replaces)
    return draw(sheet, place, *lines, brief=brief, replaces=replaces)


def draw(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """The message for one question of any kind, with those on its screen."""
    if len(sheet.screen(place)) > 1:
        return ask_together(sheet, place, *lines, brief=brief, whole=example, replaces=replaces)
    match place.question.kind:
        case QuestionKind.ITEMS:
            return ask_list(sheet, place, *lines, brief=brief, example=example, replaces=replaces)
        case QuestionKind.RATING:
            return ask_rating(sheet, place, *lines, brief=brief, replaces=replaces)
        case QuestionKind.CHOICE | QuestionKind.TEXT | QuestionKind.NUMBER | QuestionKind.DATE:
            return ask(sheet, place, *lines, brief=brief, example=example, replaces=replaces)
        case _:
            assert_never(place.question.kind)


def told(sheet: OwnReview, *lines: News, brief: bool = False) -> Turn:
    """Store nothing: a line that says why, and the current position."""
    return Turn((here(sheet, *lines, brief=brief),))


def kept(sheet: OwnReview, place: Place, answer: Answer, *lines: News) -> Turn:
    """Store an answer; see `kept_all`."""
    return kept_all(sheet, ((place, answer),), *lines)


def kept_all(sheet: OwnReview, answers: Sequence[tuple[Place, Answer]], *lines: News) -> Turn:
    """Store several answers, each separately; repeating it adds nothing. The confirmation and what comes next are one
    message.

    An unlikely combination with other answers is asked about first. For a person who turns out not to be rated, an
    earlier self-rating is not carried into the document.
    """
    review, after = sheet.review, sheet
    commands: list[Command] = []
    for place, given in answers:
        answer = replace(given, round=len(review.drafts))
        old = sheet.answer(place.key)
        if old is None or old != answer or old.round != answer.round:
            commands.append(KeepAnswer(review.id, place.key, answer))
        after = after.answered(place.key, answer)
    focused = next((place for place, _ in answers if place.key == sheet.focused), None)
    if focused:
        focus = _focus_once_kept(sheet, after.looking_at(None), focused)
        after = after.looking_at(focus)
        commands.append(SetFocus(focus))
    asked = {place.key for place in after.places}
    for key, question in sheet.form.questions.items():
        if question.kind is QuestionKind.RATING and key not in asked:
            chosen = after.answer(key)
            if chosen and chosen.value is not None:
                commands.append(KeepAnswer(review.id, key, Answer(None, skipped=True, round=len(review.drafts))))
    after, gone, told_of_it = without_reasons_gone(after)
    kept_now = [command.question for command in commands if isinstance(command, KeepAnswer)]
    lost = [command.question for command in gone]
    kept_now += [] if set(kept_now) & set(lost) else lost  # undoing brings the reason back
    given_places = [place for place, _ in answers]
    found = new_contradiction(sheet, after, given_places)
    if found:
        focus = focus_after(sheet, found, given_places)
        after = after.looking_at(focus)
        commands = [*(command for command in commands if not isinstance(command, SetFocus)), SetFocus(focus)]
    drawn = ask_about(after, found, *lines) if found else with_pages(after, here(after, *lines, *told_of_it))
    again = not kept_now and len(answers) > 1  # a second tap stores nothing, but what it confirms may be undone as well
    undoable = [place.key for place in given_places] if again else kept_now
    return Turn((after_change(after, lines, undoable, drawn, again=again),), (*commands, *gone))


def _focus_once_kept(sheet: OwnReview, after: OwnReview, focused: Place) -> Mapping[str, Json] | None:
    """The focus after answering a question that the person went to.

    It stays there until the question is settled (a list, a reason still to give, other questions on its screen), then
    returns to where they came from.
    """
    rest = next((one for one in after.screen(focused) if one.key in after.unsettled), None)
    at_hand = after.current()
    stays = rest and (rest == focused or at_hand is None or at_hand not in after.screen(focused))
    then = {THEN: dict(sheet.then)} if sheet.then else {}
    focus: Mapping[str, Json] | None = {**focus_on(sheet, rest), **then} if rest and stays else sheet.then
    if not (sheet.state.focus or {}).get(OFFERS) or not (focus or known_already(after)):
        return focus
    return {**(focus or {**focus_on(sheet, focused), "question": ""}), OFFERS: True}


def without_reasons_gone(sheet: OwnReview) -> tuple[OwnReview, tuple[KeepAnswer, ...], tuple[News, ...]]:
    """The review without reasons that no longer apply, the commands for that, and a line about it. The reasons remain
    in the history.
    """
    focus, commands = sheet.state.focus, []
    for key, answer in sheet.reasons_gone.items():
        commands.append(KeepAnswer(sheet.review.id, key, answer))
        sheet = sheet.answered(key, answer).looking_at(focus)
    return sheet, tuple(commands), (news("reason_gone"),) if commands else ()


def with_pages(sheet: OwnReview, drawn: Reply) -> Reply:
    """The page before sending, with the pages as they will be printed."""
    if drawn.template != CHECK:
        return drawn
    return replace(drawn, attached=Papers(sheet.review.id, 0, ("pages",)), replaces=False)


def go_to(sheet: OwnReview, place: Place, *lines: News, replaces: bool = False) -> Turn:
    """Go to this question, whichever is current."""
    focus = focus_on(sheet, place)
    return Turn((draw(sheet.looking_at(focus), place, *lines, replaces=replaces),), (SetFocus(focus),))


def unknown_button(books: Books, state: State) -> Turn:
    """The reply to a button that nothing handles (any more)."""
    return _line(books, state, news("unknown"))


def not_own(books: Books, state: State, action: Action) -> Turn:
    """The reply to a button of a review that is not this person's own in this campaign. An attempt on somebody else's
    is recorded.
    """
    if state.about is None:
        return _line(books, state, news("unknown"))
    if state.person is not None and fills(state.person, state.about):
        return _line(books, state, news("earlier"))
    wrote = (
        state.about.report is not None and state.person is not None and state.person.id in state.about.report.authors
    )
    refused = _line(books, state, news("part_gone" if wrote else "others"))
    if wrote:
        return refused
    return Turn(refused.replies, (*refused.commands, Refuse(action, "not_yours", review=state.about.id)))


def not_text(books: Books, state: State, what: str) -> Turn:
    """The reply to a photo, sticker or voice note: only text and buttons are understood."""
    return not_taken(books, state, news("not_text", sent=what))


def not_taken(books: Books, state: State, line: News) -> Turn:
    """Why something was not accepted, with the current question if one's own review is going on."""
    if (state.focus or {}).get("for") not in _OF_OWN:
        return _alone(line)
    return _line(books, state, line)


def no_review() -> Turn:
    """The reply to a person without a review in this campaign."""
    return _alone(news("no_review"))


def _line(books: Books, state: State, line: News) -> Turn:
    if state.own is None:
        return _alone(line)
    return told(OwnReview.of(books, state), line, brief=True)


def _alone(line: News) -> Turn:
    return Turn((Reply("review/line", {"news": [line]}),))
