"""What somebody may try, each as the rightful person does it: the events of that are what everybody else then sends."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from dialogs.buttons import Button
from dialogs.desk_view import seal
from dialogs.events import Event, Pressed, Said, Sent
from rules.permissions import Action
from tests.bot.authorisation.world import ANSWERED, REMARKED, YEAR, Aim
from tests.bot.playing import Phone

#: What is typed wherever a text is asked for.
WRITTEN = "Đề nghị xem lại theo quy định"


@dataclass
class Trying:
    """Somebody at their phone: what they did, and what they read."""

    phone: Phone
    aim: Aim
    events: list[Event] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    async def does(self, event: Event) -> None:
        """One event; also the labels of the buttons are read."""
        self.events.append(event)
        replies = (await self.phone.does(event)).replies
        labels = [key.label for reply in replies for row in reply.keyboard for key in row]
        self.read += [*(reply.html for reply in replies), *labels]

    async def press(self, verb: str, review: int = 0, *about: object) -> None:
        """A button, whoever drew it."""
        await self.does(Pressed(Button(verb, review, tuple(str(word) for word in about))))

    async def taps(self, verb: str, *about: str) -> None:
        """A button that was shown."""
        await self.does(Pressed(self.phone.button(verb, *about)))

    async def says(self, text: str = WRITTEN) -> None:
        """A text."""
        await self.does(Said(text))


@dataclass(frozen=True)
class Attempt:
    """`by` may do it at the moment `when`. `actions`: as one of which a refusal is kept; `about`: of whose review or
    person. `shows`: of something that is only read: what is read then (the name of a person stands for it).
    """

    when: str
    by: str
    script: Callable[[Trying], Awaitable[None]]
    actions: tuple[Action, ...]
    about: str = "review"
    shows: str = ""


# ── one's own review ───────────────────────────────────────────────────────────────────────────


async def reads_answers(on: Trying) -> None:
    await on.press("outline", on.aim.review)
    await on.press("go", on.aim.review, "strengths")


async def answers(on: Trying) -> None:
    await on.press("answer", on.aim.review, "maternity_leave", "true")


async def submits(on: Trying) -> None:
    await on.press("next", on.aim.review)
    await on.taps("send")


async def withdraws(on: Trying) -> None:
    await on.press("withdraw", on.aim.review, 1)
    await on.taps("withdrawn")


async def ends_a_line(on: Trying) -> None:
    await on.press("plan_done", 0, on.aim.line)
    await on.press("plan_removed", 0, on.aim.line)


# ── the chain ──────────────────────────────────────────────────────────────────────────────────


async def reads_draft(on: Trying) -> None:
    await on.press("head_card", on.aim.review)
    await on.taps("head_why")


async def comments(on: Trying) -> None:
    await on.press("head_card", on.aim.review)
    await on.taps("head_agree")
    await on.taps("head_comment")
    await on.says()


async def returns(on: Trying) -> None:
    await on.press("head_card", on.aim.review)
    await on.taps("head_return")
    await on.says()
    await on.taps("head_send")


async def approves(on: Trying) -> None:
    await on.press("head_card", on.aim.review)
    await on.taps("head_agree")
    await on.taps("head_approve")


# ── the authority ──────────────────────────────────────────────────────────────────────────────


async def reads_ruling(on: Trying) -> None:
    await on.press("decide_card", on.aim.review)


async def decides(on: Trying) -> None:
    await on.press("decide_card", on.aim.review)
    await on.taps("decide_choose")
    await _rates_and_confirms(on)


async def redecides(on: Trying) -> None:
    await on.press("decide_card", on.aim.review)
    await on.taps("decide_again")
    await on.says()
    await _rates_and_confirms(on)


async def keeps_result(on: Trying) -> None:
    await on.press("petition_card", on.aim.review, on.aim.petition)
    await on.taps("petition_keep")
    await on.says()
    await on.taps("petition_send")


async def rates_anew(on: Trying) -> None:
    await on.press("petition_card", on.aim.review, on.aim.petition)
    await on.taps("petition_rate")
    await _rates_and_confirms(on)


async def _rates_and_confirms(on: Trying) -> None:
    """`completed` differs from the suggestion: a reason is asked for, unless there is one."""
    rated = on.phone.button("decide_rate")
    await on.press("decide_rate", rated.review, *rated.about[:3], "completed")
    if "decide_confirm" not in on.phone.answered.replies[-1].keyboard[0][0].data:
        await on.says()
    await on.taps("decide_confirm")


# ── the result ─────────────────────────────────────────────────────────────────────────────────


async def reads_result(on: Trying) -> None:
    await on.press("result_show", on.aim.review, 1)


async def acknowledges(on: Trying) -> None:
    await on.press("result_seen", on.aim.review, 1)


async def reserves(on: Trying) -> None:
    await on.press("result_reserve", on.aim.review, 1)
    await on.says()


async def petitions(on: Trying) -> None:
    await on.press("result_petition", on.aim.review, 1)
    await on.says()
    await on.taps("result_file")


async def takes_back(on: Trying) -> None:
    await on.press("result_withdraw", on.aim.review, 1, on.aim.petition)
    await on.taps("result_withdrawn")


# ── opinions and stand-ins ─────────────────────────────────────────────────────────────────────


async def gives_opinion(on: Trying) -> None:
    await on.press("opinion_write", on.aim.review, on.aim.opinion)
    await on.says()
    await on.taps("opinion_give")


async def records_opinion(on: Trying) -> None:
    await on.press("opinion_write", on.aim.review, on.aim.opinion_outside)
    await on.says()
    await on.taps("opinion_give")


async def records_decision(on: Trying) -> None:
    await on.press("decide_card", on.aim.outside)
    await on.taps("decide_choose")
    rated = on.phone.button("decide_rate")
    await on.press("decide_rate", rated.review, *rated.about[:3], "completed")
    for text in (WRITTEN, "Quyết định 15/QĐ-UBND ngày 10/11/2023", "Chủ tịch UBND"):
        await on.says(text)
    await on.taps("decide_confirm")


async def names_stand_in(on: Trying) -> None:
    day = on.phone.house.clock().date() + dt.timedelta(30)
    await on.press("cover_who", 0, on.aim.ids["head"])
    await on.press("cover_set", 0, on.aim.ids["head"], on.aim.ids["colleague"], day, day)


async def ends_stand_in(on: Trying) -> None:
    await on.press("cover_end", 0, on.aim.stand_in)
    await on.press("cover_ended", 0, on.aim.stand_in)


# ── the desk ───────────────────────────────────────────────────────────────────────────────────


async def opens_campaign(on: Trying) -> None:
    await on.press("desk_new")
    await on.press("desk_year", 0, YEAR + 1)
    await on.taps("desk_tick", seal("decree-90-2020"))
    await on.taps("desk_preview")
    await on.taps("desk_open")


async def moves_dates(on: Trying) -> None:
    await on.press("desk_dates", 0, on.aim.campaign)
    await on.taps("desk_move", str(on.aim.campaign), "0", seal("self_review"))
    await on.says("24/11/2023")
    await on.press("desk_put", 0, on.aim.campaign, 0, seal("self_review"), "20231122", "20231124")


async def closes_campaign(on: Trying) -> None:
    await on.press("desk_close", 0, on.aim.campaign)
    await on.taps("desk_close_now")


async def sets_office(on: Trying) -> None:
    await on.press("desk_switch", 0, "digest", 0)


async def reads_progress(on: Trying) -> None:
    """The lines of the units tell who has handed in; once it is decided, also the rating."""
    await on.press("desk_campaign", 0, on.aim.campaign)
    for button in _shown(on, "desk_unit"):
        await on.does(Pressed(button))


async def invites(on: Trying) -> None:
    await on.press("crew_person", 0, on.aim.ids["self"])
    await on.taps("crew_code")
    await on.taps("crew_issue")


async def revokes(on: Trying) -> None:
    """Of a code that was given before."""
    await on.press("crew_revoke", 0, on.aim.ids["desk_head"])


async def unties(on: Trying) -> None:
    await on.press("crew_untie", 0, on.aim.ids["self"])
    await on.press("crew_untie_now", 0, on.aim.ids["self"])


async def broadcasts(on: Trying) -> None:
    await on.press("cast_to", 0, on.aim.campaign, "all")
    await on.says()
    await on.taps("cast_send")


async def imports_roster(on: Trying) -> None:
    await on.does(Sent("document"))


def _shown(on: Trying, verb: str) -> list[Button]:
    decoded = (Button.decode(key.data) for key in on.phone.shown)
    return [button for button in decoded if button and button.verb == verb]


#: By what the rows of the table are called.
ATTEMPTS: dict[str, Attempt] = {
    "read_answers": Attempt("drafting", "self", reads_answers, (Action.READ_DRAFT, Action.ANSWER), shows=ANSWERED),
    "answer": Attempt("drafting", "self", answers, (Action.ANSWER,)),
    "submit": Attempt("drafting", "self", submits, (Action.SUBMIT, Action.READ_DRAFT)),
    "withdraw": Attempt("sent", "self", withdraws, (Action.WITHDRAW,)),
    "read_draft": Attempt("sent", "head", reads_draft, (Action.READ_DRAFT,), shows="self"),
    "read_draft_2": Attempt("handed_on", "in_charge", reads_draft, (Action.READ_DRAFT,), shows="self"),
    "comment": Attempt("sent", "head", comments, (Action.COMMENT, Action.APPROVE, Action.READ_DRAFT)),
    "comment_2": Attempt("handed_on", "in_charge", comments, (Action.COMMENT, Action.APPROVE, Action.READ_DRAFT)),
    "return": Attempt("sent", "head", returns, (Action.RETURN, Action.READ_DRAFT)),
    "return_2": Attempt("handed_on", "in_charge", returns, (Action.RETURN, Action.READ_DRAFT)),
    "approve": Attempt("sent", "head", approves, (Action.APPROVE, Action.READ_DRAFT)),
    "approve_2": Attempt("handed_on", "in_charge", approves, (Action.APPROVE, Action.READ_DRAFT)),
    "decide": Attempt("approved", "authority", decides, (Action.DECIDE, Action.READ_DRAFT)),
    "redecide": Attempt("decided", "authority", redecides, (Action.REDECIDE, Action.DECIDE, Action.READ_DRAFT)),
    "read_ruling": Attempt("decided", "authority", reads_ruling, (Action.READ_DRAFT,), shows="self"),
    "read_result": Attempt("decided", "self", reads_result, (Action.READ_RATING,), shows=REMARKED),
    "read_rating": Attempt("decided", "desk", reads_progress, (Action.READ_PROGRESS,), about="", shows="Hoàn thành nhiệm vụ"),
    "acknowledge": Attempt("decided", "self", acknowledges, (Action.ACKNOWLEDGE,)),
    "reserve": Attempt("decided", "self", reserves, (Action.ACKNOWLEDGE,)),
    "petition": Attempt("decided", "self", petitions, (Action.PETITION,)),
    "take_back": Attempt("appealed", "self", takes_back, (Action.PETITION,)),
    "answer_petition": Attempt("appealed", "authority", keeps_result, (Action.ANSWER_PETITION,)),
    "rate_anew": Attempt("appealed", "authority", rates_anew, (Action.ANSWER_PETITION, Action.DECIDE)),
    "give_opinion": Attempt("sent", "old_head", gives_opinion, (Action.GIVE_OPINION,)),
    "record_opinion": Attempt("sent", "desk", records_opinion, (Action.GIVE_OPINION, Action.RECORD_OUTSIDE)),
    "record_outside": Attempt("sent", "desk", records_decision, (Action.DECIDE, Action.READ_DRAFT), about="outside"),
    "set_stand_in": Attempt("sent", "head", names_stand_in, (Action.SET_STAND_IN,), about="head"),
    "end_stand_in": Attempt("sent", "head", ends_stand_in, (Action.SET_STAND_IN,), about="head"),
    "open_campaign": Attempt("sent", "desk", opens_campaign, (Action.OPEN_CAMPAIGN,), about=""),
    "move_dates": Attempt("sent", "desk", moves_dates, (Action.MOVE_DATES,), about=""),
    "close_campaign": Attempt("sent", "desk", closes_campaign, (Action.CLOSE_CAMPAIGN,), about=""),
    "set_office": Attempt("sent", "desk", sets_office, (Action.OPEN_CAMPAIGN,), about=""),
    "import_roster": Attempt("sent", "desk", imports_roster, (), about=""),
    "invite": Attempt("sent", "desk", invites, (Action.INVITE,), about="self"),
    "revoke": Attempt("sent", "desk", revokes, (Action.INVITE, Action.UNTIE), about="desk_head"),
    "untie": Attempt("sent", "desk", unties, (Action.INVITE, Action.UNTIE), about="self"),
    "broadcast": Attempt("sent", "desk", broadcasts, (Action.BROADCAST,), about=""),
    "read_progress": Attempt("sent", "desk", reads_progress, (Action.READ_PROGRESS,), about="", shows="self"),
    "own_plan": Attempt("appealed", "self", ends_a_line, ()),
}
