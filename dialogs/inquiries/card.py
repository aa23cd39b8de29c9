"""One opinion of a body outside as it stands, and what may be done with it."""

import datetime as dt

from dialogs.core.buttons import Button
from dialogs.core.keys import rows
from dialogs.core.knowledge.inquiries import AskedOutside
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.inquiries.guard import may_do, seen
from dialogs.inquiries.keys import HOME, LINK
from rules.campaign.permissions import Action
from rules.nouns.inquiries import Came, InquiryAnswer
from rules.nouns.reviews import Json

#: The states of an inquiry; those in which somebody has to act come first.
ORDER = ("scan", "typed", "none", "withdrawn", "over", "open", "received", "handed")

#: How many versions, the newest, have buttons.
SHOWN = 4


def about(state: State, asked: AskedOutside) -> dict[str, Json]:
    """The values about it that every message has."""
    mine = state.person is not None and state.person.id == asked.person.id
    rule, last = asked.rule, asked.case.last
    return {
        "title": rule.title,
        "asked": rule.asked,
        "name": "" if mine else asked.person.called,
        "unit": "" if mine else asked.person.unit,
        "year": asked.campaign.year,
        "period": asked.campaign.period,
        "cite": rule.cite,
        "quote": rule.quote,
        "note": rule.note,
        "unverified": rule.unverified,
        "without": rule.without,
        "due": asked.due.isoformat() if asked.due else "",
        "state": state_of(asked, state.now.date()),
        "last_day": last.last_day.isoformat() if last else "",
        "by": last.by_name if last else "",
    }


def state_of(asked: AskedOutside, today: dt.date) -> str:
    """The state of an inquiry: `handed` (a file is in the dossier), `received` (confirmed), `scan`, `typed` (came, not
    signed), `open`, `over` (the last day has passed), `withdrawn`, `none`.
    """
    case = asked.case
    if asked.handed:
        return "handed"
    scan, typed = case.newest(Came.SCAN), case.newest(Came.TYPED)
    if scan is not None:
        return "received" if scan.received_by else "scan"
    if typed is not None:
        return "typed"
    if case.last is None:
        return "none"
    if case.last.ended is not None:
        return "withdrawn"
    return "open" if case.last.open(today) else "over"


def card(state: State, asked: AskedOutside, *, said: str = "") -> Reply:
    """The card of an inquiry. `said`: what was just done."""
    versions: list[Json] = [_version(one) for one in reversed(asked.case.answers[-SHOWN:])]
    values: dict[str, Json] = {
        **about(state, asked),
        "said": said,
        "versions": versions,
        "more": max(0, len(asked.case.answers) - SHOWN),
        "opens": asked.case.open(state.now.date()) is not None,
    }
    return Reply("inquiry/card", values, _keys(state, asked))


def _version(one: InquiryAnswer) -> Json:
    by = one.content["by"] if one.content else {}
    return {
        "number": one.number,
        "came": one.came.value,
        "by": ", ".join(filter(None, (by.get("name", ""), by.get("post", ""), by.get("body", "")))),
        "at": one.at.isoformat(),
        "received_by": one.received_by,
    }


def _keys(state: State, asked: AskedOutside) -> tuple[tuple[Key, ...], ...]:
    stamp, mark, case = asked.stamp, str(seen(asked)), asked.case
    opens = case.open(state.now.date())
    asking = may_do(state, asked, Action.ASK_OUTSIDE)
    prints = may_do(state, asked, Action.RECEIVE_OUTSIDE) and state_of(asked, state.now.date()) not in {
        "handed",
        "received",
    }
    papers = [
        (
            Key(
                "inquiry/version",
                Button("inquiry_paper", 0, (stamp, str(one.id))),
                {"number": one.number, "came": one.came.value},
            ),
        )
        for one in reversed(case.answers[-SHOWN:])
        if may_do(state, asked, Action.READ_PART)
    ]
    waiting = [one for one in case.answers[-SHOWN:] if not one.received_by]
    receiving = [
        (Key("inquiry/receive", Button("inquiry_got", 0, (stamp, mark, str(one.id))), {"number": one.number}),)
        for one in waiting[-1:]
        if may_do(state, asked, Action.RECEIVE_OUTSIDE)
    ]
    whose = "me" if state.person is not None and state.person.id == asked.person.id else f"p{asked.person.id}"
    hand_in = Key("inquiry/hand_in", Button("dossier_at", 0, (str(asked.campaign.id), whose, asked.place)))
    ask = Key("inquiry/renew" if opens else "inquiry/ask", Button("inquiry_days", 0, (stamp,)))
    return rows(
        (Key("inquiry/link", Button(LINK, 0, (stamp, str(opens.id)))),) if opens and asking else (),
        (ask,) if asking else (),
        (Key("inquiry/withdraw", Button("inquiry_end", 0, (stamp, mark))),) if opens and asking else (),
        (Key("inquiry/blank", Button("inquiry_blank", 0, (stamp,))),) if prints else (),
        *papers,
        *receiving,
        (hand_in,) if asked.place and may_do(state, asked, Action.HAND_IN) else (),
        (HOME,),
    )
