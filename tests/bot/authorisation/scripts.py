"""How each thing is done: the presses and texts of the person who has the right."""

import datetime as dt

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Sent
from dialogs.core.stamps import seal
from tests.bot.authorisation.trying import WRITTEN, Trying
from tests.bot.authorisation.world import YEAR

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


async def extends(on: Trying) -> None:
    """Of somebody who has not handed in: in chat from their card."""
    await on.press("crew_extend", 0, on.aim.ids["colleague"])
    await on.says("27/11/2023 Đang điều trị")


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


async def asks_for_roster(on: Trying) -> None:
    await on.press("desk_roster")


async def lists_waiting(on: Trying) -> None:
    await on.press("head_list")


async def lists_coming(on: Trying) -> None:
    await on.press("decide_list", 0, "r", "all")


async def lists_decided(on: Trying) -> None:
    await on.press("decide_list", 0, "d", "all")


def _shown(on: Trying, verb: str) -> list[Button]:
    decoded = (Button.decode(key.data) for key in on.phone.shown)
    return [button for button in decoded if button and button.verb == verb]
