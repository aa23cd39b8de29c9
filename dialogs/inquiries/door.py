"""The entrance of the room INQUIRY (/noicutru): opinions of bodies outside about this person or, for the desk,
everybody: asked by link, read, confirmed.
"""

import datetime as dt

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.inquiries import AskOutside, ReceiveOutside, WithdrawLink
from dialogs.core.guard import allowed_in_office
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.inquiries import AskedOutside, InquiriesView
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.inquiries.card import ORDER, about, card, state_of
from dialogs.inquiries.guard import ASKED, OFFICE, may_do, seen, view
from dialogs.inquiries.keys import ASK, EVERYBODY, HOME, LINK
from rules.campaign.inquiring import FURTHEST, last_days
from rules.campaign.permissions import Action
from rules.nouns.inquiries import MOST_LINKS, Came
from rules.nouns.reviews import Json


def noicutru(books: Books, state: State, _: str) -> Turn:
    """The command /noicutru."""
    return home(books, state, Button("inquiry_home"))


def home(_: Books, state: State, __: Button) -> Turn:
    """The opinions asked about this person; for the desk, each campaign that has any."""
    known = view(state)
    mine = [one for one in known.asked if state.person is not None and one.person.id == state.person.id]
    own = [(Key("inquiry/one", Button("inquiry_card", 0, (one.stamp,)), _line(state, one)),) for one in mine]
    office = [
        (
            Key(
                "inquiry/office",
                Button("inquiry_office", 0, (str(campaign.id),)),
                {"year": campaign.year, "period": campaign.period, "count": count},
            ),
        )
        for campaign, count in known.campaigns
    ]
    values: dict[str, Json] = {"mine": len(mine), "campaigns": len(office)}
    return Turn((Reply("inquiry/list", values, rows(*own, *office)),), let_go(state, Room.INQUIRY))


def _line(state: State, one: AskedOutside) -> dict[str, Json]:
    return {**about(state, one), "state": state_of(one, state.now.date())}


def office(_: Books, state: State, known: InquiriesView, button: Button) -> Turn:
    """Everybody in a campaign, those to be confirmed first: `inquiry_office:0:<campaign>:<first>`."""
    ranked = sorted(known.asked, key=lambda one: ORDER.index(state_of(one, state.now.date())))
    shown = page(ranked, number(button, 1))
    keys = (
        (
            Key(
                "inquiry/one",
                Button("inquiry_card", 0, (one.stamp, str(known.campaign))),
                # In this list the reader is shown by name, like everybody else.
                {**_line(state, one), "name": one.person.called},
            ),
        )
        for one in shown.shown
    )
    counts: dict[str, int] = {}
    for one in ranked:
        counts[state_of(one, state.now.date())] = counts.get(state_of(one, state.now.date()), 0) + 1
    unasked = _unasked(state, known)
    every = Key("inquiry/everybody", Button("inquiry_everybody", 0, (str(known.campaign),)), {"count": len(unasked)})
    slips = Key("inquiry/slips", Button("inquiry_slips", 0, (str(known.campaign),)), {"count": counts.get("open", 0)})
    lacking = sum(count for state_, count in counts.items() if state_ not in {"handed", "received"})
    blank = Key("inquiry/blanks", Button("inquiry_blanks", 0, (str(known.campaign),)), {"count": lacking})
    turning = shown.keys("inquiry_office", str(known.campaign), room="inquiry")
    values: dict[str, Json] = {
        **_campaign(known),
        **shown.values(),
        "counts": [{"state": state, "count": count} for state, count in counts.items()],
    }
    reply = Reply(
        "inquiry/office",
        values,
        rows(
            *keys,
            turning,
            (every,) if unasked else (),
            (slips,) if counts.get("open") else (),
            (blank,) if lacking else (),
            (HOME,),
        ),
    )
    return Turn((reply,), let_go(state, Room.INQUIRY))


def _campaign(known: InquiriesView) -> dict[str, Json]:
    part = known.asked[0].campaign if known.asked else None
    return {"year": part.year if part else 0, "period": part.period if part else "year"}


def _unasked(state: State, known: InquiriesView) -> list[AskedOutside]:
    """Those about whom nothing has been asked yet, as far as this person may ask."""
    none = (one for one in known.asked if one.case.last is None and not one.handed)
    return [one for one in none if may_do(state, one, Action.ASK_OUTSIDE)]


def everybody(_: Books, state: State, known: InquiriesView, __: Button) -> Turn:
    """Ask for the last day for all of whom nothing was asked: `inquiry_everybody:0:<campaign>`."""
    unasked = _unasked(state, known)
    due = min((one.due for one in unasked if one.due), default=None)
    keys = [
        Key(
            "inquiry/day",
            Button(EVERYBODY, 0, (str(known.campaign), day.isoformat(), str(len(unasked)))),
            {"day": day.isoformat()},
        )
        for day in last_days(due, state.now.date())
    ]
    back = Key("inquiry/back", Button("inquiry_office", 0, (str(known.campaign),)))
    names: list[Json] = [one.person.called for one in unasked[:8]]
    values: dict[str, Json] = {
        **_campaign(known),
        "count": len(unasked),
        "names": names,
        "more": max(0, len(unasked) - 8),
        "asked": unasked[0].rule.asked if unasked else "",
    }
    return Turn((Reply("inquiry/everybody", values, rows(keys[:2], keys[2:], (back,))),))


def every(books: Books, state: State, known: InquiriesView, button: Button) -> Turn:
    """Ask about all of them: `inquiry_every:0:<campaign>:<day>:<number that was shown>`."""
    day, unasked = _day(state, word(button, 1)), _unasked(state, known)
    if day is None or not unasked or number(button, 2) != len(unasked):
        return everybody(books, state, known, button)
    commands = []
    for part, key in dict.fromkeys((one.campaign.rulebook, one.rule.key) for one in unasked):
        whose = tuple((one.person.id, 0) for one in unasked if (one.campaign.rulebook, one.rule.key) == (part, key))
        commands.append(AskOutside(known.campaign, part, key, whose, day, _leads(state)))
    slips = Key("inquiry/slips", Button("inquiry_slips", 0, (str(known.campaign),)), {"count": len(unasked)})
    back = Key("inquiry/back", Button("inquiry_office", 0, (str(known.campaign),)))
    values: dict[str, Json] = {"count": len(unasked), "last_day": day.isoformat()}
    return Turn((Reply("inquiry/asked_all", values, ((slips,), (back,)), replaces=True),), tuple(commands))


def slips(_: Books, state: State, known: InquiriesView, __: Button) -> Turn:
    """The printable requests for everybody whose opinion is awaited: `inquiry_slips:0:<campaign>`."""
    back = Key("inquiry/back", Button("inquiry_office", 0, (str(known.campaign),)))
    count = sum(state_of(one, state.now.date()) == "open" for one in known.asked)
    return Turn(
        (Reply("inquiry/slips", {"count": count}, ((back,),), DeskFile(f"inquiryslips_{known.campaign}", "pdf")),)
    )


def blanks(_: Books, state: State, known: InquiriesView, __: Button) -> Turn:
    """Papers to be filled in by hand, without a link, for everybody who has none yet: `inquiry_blanks:0:<campaign>`."""
    back = Key("inquiry/back", Button("inquiry_office", 0, (str(known.campaign),)))
    lacking = [one for one in known.asked if state_of(one, state.now.date()) not in {"handed", "received"}]
    file = DeskFile(f"inquiryblanks_{known.campaign}", "pdf") if lacking else None
    return Turn((Reply("inquiry/blanks", {"count": len(lacking)}, ((back,),), file),))


def blank(_: Books, __: State, asked: AskedOutside, ___: Button) -> Turn:
    """The same for one person: `inquiry_blank:0:<stamp>`."""
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    file = DeskFile(f"inquiryblanks_{asked.campaign.id}_{asked.person.id}", "pdf")
    return Turn((Reply("inquiry/blanks", {"count": 1}, ((back,),), file),))


def show(_: Books, state: State, asked: AskedOutside, __: Button) -> Turn:
    """One inquiry: `inquiry_card:0:<stamp>:<campaign>`."""
    return Turn((card(state, asked),), let_go(state, Room.INQUIRY))


def _too_many(state: State, asked: AskedOutside) -> Turn | None:
    """The refusal after too many links; only the desk can give another. None: it is allowed."""
    if len(asked.case.inquiries) < MOST_LINKS or allowed_in_office(state, Action.RECEIVE_OUTSIDE):
        return None
    values: dict[str, Json] = {
        "count": len(asked.case.inquiries),
        "opens": asked.case.open(state.now.date()) is not None,
    }
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    return Turn((Reply("inquiry/many", values, ((back,),)),))


def days(_: Books, state: State, asked: AskedOutside, __: Button) -> Turn:
    """Ask for the last day: `inquiry_days:0:<stamp>`."""
    if refused := _too_many(state, asked):
        return refused
    mark = str(seen(asked))
    keys = [
        Key("inquiry/day", Button(ASK, 0, (asked.stamp, mark, day.isoformat())), {"day": day.isoformat()})
        for day in last_days(asked.due, state.now.date())
    ]
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    values = {**about(state, asked), "again": asked.case.open(state.now.date()) is not None}
    return Turn((Reply("inquiry/days", values, rows(keys[:2], keys[2:], (back,))),))


def ask(books: Books, state: State, asked: AskedOutside, button: Button) -> Turn:
    """Give a new link until that day, replacing the former one: `inquiry_ask:0:<stamp>:<seen>:<day>`."""
    day = _day(state, word(button, 2))
    if refused := _too_many(state, asked):
        return refused
    if day is None:
        return days(books, state, asked, button)
    part = asked.campaign
    whom = ((asked.person.id, len(asked.case.inquiries)),)
    command = AskOutside(part.id, part.rulebook, asked.rule.key, whom, day, _leads(state), state.fresh_code)
    return Turn((_link(state, asked, day, 0),), (command,))


def link(_: Books, state: State, asked: AskedOutside, button: Button) -> Turn:
    """Show the valid link again: `inquiry_link:0:<stamp>:<inquiry>`."""
    opens = asked.case.open(state.now.date())
    if opens is None or opens.id != number(button, 1):
        return Turn((card(state, asked),))
    return Turn((_link(state, asked, opens.last_day, opens.id),))


def _link(state: State, asked: AskedOutside, day: dt.date, inquiry: int) -> Reply:
    """The text to forward, with the printable request if the inquiry has a number already."""
    values: dict[str, Json] = {
        **about(state, asked),
        "whose": asked.person.name,
        "of": asked.person.unit,
        "office": asked.person.office,
        "last_day": day.isoformat(),
        "link": state.links.get("inquiry", ""),
        "served": bool(state.links),
        "fresh": not inquiry,
    }
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    attached = (
        DeskFile(f"inquiryslip_{inquiry}", "pdf") if inquiry else DeskFile(f"inquirylast_{asked.person.id}", "pdf")
    )
    return Reply("inquiry/link", values, ((back,),), attached)


def end(_: Books, state: State, asked: AskedOutside, __: Button) -> Turn:
    """Withdraw the link: `inquiry_end:0:<stamp>:<seen>`."""
    opens = asked.case.open(state.now.date())
    if opens is None:
        return Turn((card(state, asked),))
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    return Turn(
        (Reply("inquiry/withdrawn", about(state, asked), ((back,),), replaces=True),), (WithdrawLink(opens.id),)
    )


def got(_: Books, state: State, asked: AskedOutside, button: Button) -> Turn:
    """The desk confirms that it came from whom it says: `inquiry_got:0:<stamp>:<seen>:<answer>`."""
    found = next((one for one in asked.case.answers if one.id == number(button, 2)), None)
    if found is None or found.received_by:
        return Turn((card(state, asked),))
    values: dict[str, Json] = {
        **about(state, asked),
        "number": found.number,
        "signed": found.came is Came.SCAN,
        "placed": bool(asked.rule.place) and found.came is Came.SCAN,
    }
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    done = Reply("inquiry/received", values, ((back,),), replaces=True)
    return Turn((done,), (ReceiveOutside(found.id, asked.rule.place),))


def paper(_: Books, state: State, asked: AskedOutside, button: Button) -> Turn:
    """A version as PDF and Word, or the scan as it was sent: `inquiry_paper:0:<stamp>:<answer>`."""
    found = next((one for one in asked.case.answers if one.id == number(button, 1)), None)
    if found is None:
        return Turn((card(state, asked),))
    by = found.content["by"] if found.content else {}
    values: dict[str, Json] = {
        **about(state, asked),
        "number": found.number,
        "came": found.came.value,
        "by": ", ".join(filter(None, (by.get("name", ""), by.get("post", ""), by.get("body", "")))),
        "at": found.at.isoformat(),
        "received_by": found.received_by,
        "parts": [
            {"label": one["label"], "text": one["text"]} for one in (found.content["answers"] if found.content else ())
        ],
    }
    back = Key("inquiry/back", Button("inquiry_card", 0, (asked.stamp,)))
    if found.came is Came.SCAN:
        file = DeskFile(f"inquiryscan_{found.id}", found.kind)
        return Turn((Reply("inquiry/paper", values, ((back,),), file),))
    word_file = Reply("inquiry/word", {}, ((back,),), DeskFile(f"inquiry_{found.id}", "docx"))
    return Turn((Reply("inquiry/paper", values, (), DeskFile(f"inquirypdf_{found.id}", "pdf")), word_file))


def _day(state: State, text: str) -> dt.date | None:
    """The last day that a button names, if it is still allowed."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    today = state.now.date()
    return day if today <= day <= today + FURTHEST else None


def _leads(state: State) -> str:
    """The beginning of links; "": no channel serves them."""
    return state.links.get("inquiry", "").removesuffix(state.fresh_code)


VERBS: dict[str, OnPress] = {
    "inquiry_home": home,
    "inquiry_office": OFFICE.looking(office, Action.RECEIVE_OUTSIDE),
    "inquiry_everybody": OFFICE.looking(everybody, Action.ASK_OUTSIDE),
    EVERYBODY: OFFICE.looking(every, Action.ASK_OUTSIDE),
    "inquiry_slips": OFFICE.looking(slips, Action.ASK_OUTSIDE),
    "inquiry_blanks": OFFICE.looking(blanks, Action.ASK_OUTSIDE),
    "inquiry_blank": ASKED.looking(blank, Action.RECEIVE_OUTSIDE),
    "inquiry_card": ASKED.looking(show, Action.READ_PART),
    "inquiry_days": ASKED.looking(days, Action.ASK_OUTSIDE),
    ASK: ASKED.acting(ask, Action.ASK_OUTSIDE),
    LINK: ASKED.looking(link, Action.ASK_OUTSIDE),
    "inquiry_end": ASKED.acting(end, Action.ASK_OUTSIDE),
    "inquiry_got": ASKED.acting(got, Action.RECEIVE_OUTSIDE),
    "inquiry_paper": ASKED.looking(paper, Action.READ_PART),
}

TEXTS: dict[str, OnText] = {}

COMMANDS: dict[str, OnCommand] = {"noicutru": noicutru}
