"""Data requests in the memory of transcripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.core.commands.personal import AnswerData, AskData, SeeData, WithdrawData
from dialogs.core.knowledge.personal import AskedOfDesk, DataKnown
from rules.nouns.people import Person
from rules.personal.requests import DataRequest, RequestOutcome
from tests.transcripts.cast import PEOPLE

if TYPE_CHECKING:
    from tests.transcripts.memory import Memory

COMMANDS = (AskData, WithdrawData, SeeData, AnswerData)


def known(memory: Memory, person: Person) -> DataKnown:
    """The requests of this person, and for the desk those that wait in the office."""
    people = {one.id: one for one in PEOPLE.values()}
    asked = list(memory.data_requests.values())
    mine = tuple(one for one in reversed(asked) if one.person_id == person.id)
    waiting = (AskedOfDesk(one, people[one.person_id]) for one in asked if one.open)
    return DataKnown(mine, tuple(one for one in waiting if person.desk and one.person.office == person.office))


def carry_out(command, memory: Memory, by: Person) -> str:
    """Stores a request, or its answer."""
    match command:
        case AskData():
            id_ = len(memory.data_requests) + 1
            memory.data_requests[id_] = DataRequest(
                *(id_, by.id, command.kind, command.text, memory.now),
                *(command.reply_due, command.act_due, command.cite),
            )
            return f"asked to {command.kind} | {command.text}"
        case WithdrawData():
            _change(memory, command.request, outcome=RequestOutcome.WITHDRAWN, answered_at=memory.now)
            return f"request {command.request} taken back"
        case SeeData():
            _change(memory, command.request, seen_at=memory.now)
            return f"request {command.request} seen"
        case _:
            changed = {"outcome": command.outcome, "answer": command.answer, "answered_at": memory.now}
            _change(memory, command.request, **changed)
            return f"request {command.request} {command.outcome} | {command.answer}"


def _change(memory: Memory, request: int, **changed) -> None:
    memory.data_requests[request] = replace(memory.data_requests[request], **changed)
