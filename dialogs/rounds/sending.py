"""Sending a draft round exactly as it was shown: in chat, or on paper where too few people are asked for unnamed
answers.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import BeginRound
from dialogs.core.handlers import Books, OnPress
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.paging import word
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Reply, SetFocus, Turn
from dialogs.rounds.beginning import (
    ask_day,
    chosen_of,
    day_of,
    first_day,
    making,
    naming_of,
    preview,
    speaking,
    stamp_of,
    to_values,
    whom_of,
)
from dialogs.rounds.guard import DRAFTS, TO_HOME
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import ENOUGH, Naming, Round


def send(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Send exactly what was shown, to exactly those people: `round_send:0:<token>:<stamp>[:c]`."""
    people, day = chosen_of(state, draft), day_of(state)
    if not people or day is None:
        return Turn((whom_of(state, draft),), (making(state, draft, ()),))
    if day < first_day(state, draft):
        return ask_day(state, draft, people)  # the button is from an earlier day
    if word(button, 1) != stamp_of(draft, people, day):
        return preview(state, draft, people, day, changed=True)
    naming = naming_of(draft)
    if naming is Naming.UNNAMED and len(people) < ENOUGH:
        if word(button, 2) == "p":
            return _on_paper(state, draft, people, day)
        if word(button, 2) != "c":
            return preview(state, draft, people, day)
        naming = Naming.CONSENT
    values: dict[str, Json] = {**to_values(state, draft, people), "last_day": day.isoformat(), "naming": naming.value}
    done = Reply("round/sent", values, ((TO_HOME,),), replaces=True)
    return Turn((done,), (begin(state, draft, people, day, naming), SetFocus(None)))


def _on_paper(state: State, draft: DraftToSend, people: Sequence[int], day: dt.date) -> Turn:
    """Too few people for answers without names: print blanks. Whoever leads the round enters what the papers say."""
    rule = draft.rule
    values: dict[str, Json] = {
        **to_values(state, draft, people),
        "last_day": day.isoformat(),
        "cite": rule.cite if rule else "",
    }
    word_file, pdf = DeskFile(f"roundblank_{draft.token}", "docx"), DeskFile(f"roundblankpdf_{draft.token}", "pdf")
    replies = (
        Reply("round/paper", values, (), word_file, replaces=True),
        Reply("round/blank_pdf", {}, ((TO_HOME,),), pdf),
    )
    begun = begin(state, draft, people, day, Naming.UNNAMED)
    begun = replace(begun, begun=replace(begun.begun, on_paper=True))
    return Turn(replies, (begun, SetFocus(None)))


def begin(state: State, draft: DraftToSend, people: Sequence[int], day: dt.date, naming: Naming) -> BeginRound:
    """The command that begins the round."""
    assert state.person is not None, "somebody known sends it"
    rule = draft.rule
    begun = Round(
        id=0,
        office=state.person.office,
        token=draft.token,
        title=draft.title,
        pieces=draft.pieces,
        sha256=draft.sha256,
        naming=naming,
        last_day=day,
        by=state.person.id,
        by_name=state.person.name,
        owner=draft.owner,
        at=state.now,
        key=rule.key if rule else "",
        cite=rule.cite if rule else "",
        unverified=bool(rule and rule.unverified),
        campaign=draft.campaign,
        rulebook=draft.rulebook,
        review=draft.review,
        version=draft.version,
        person=draft.person,
        unit=draft.unit,
        follows=draft.earlier.id if draft.earlier else None,
        file_name=draft.file_name,
        file_kind=draft.file_kind,
        file_size=draft.file_size,
    )
    names = rule.bodies if rule else ()
    bodies = {int(person): names[place] for person, place in speaking(state, draft).items() if isinstance(place, int)}
    return BeginRound(begun, tuple(people), bodies if names else {})


VERBS: dict[str, OnPress] = {"round_send": DRAFTS.acting(send, Action.START_ROUND)}
