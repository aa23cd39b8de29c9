"""The stored content of documents and acts as canonical JSON; the fingerprint is the SHA-256 of these bytes."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from bot.clock import ZONE
from bot.rulebooks.suggestion_json import as_json
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.reviews import Answers, Draft, Json, Review
from templates.documents.blocks import Sheet
from templates.documents.sheets.kept import sheet_json

#: The version of this structure. Stored values of every version must remain readable.
SCHEMA = 1


def canonical(value: Mapping[str, Json]) -> bytes:
    """The value as bytes: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def read(content: bytes) -> Mapping[str, Any]:
    """The stored value."""
    kept: Mapping[str, Any] = json.loads(content)
    return kept


def sent(
    review: Review,
    book: Rulebook,
    draft: Draft,
    filing: Filing,
    sheet: Sheet,
    suggested: Mapping[str, Suggestion],
    key: str,
) -> dict[str, Json]:
    """Everything sent as a version: who, where, under which rules, the answers, and the printed form.

    `key`: the roster key of the person.
    """
    person, form, campaign = review.person, filing.form, review.campaign
    return {
        "schema": SCHEMA,
        "review": review.id,
        "version": draft.version,
        "sent_at": local(draft.submitted_at),
        "person": {
            **particulars(person, key),
            "id": person.id,
            "subject": person.subject,
            "leader": person.leader,
            "head": person.head,
            "deputy": person.deputy,
            "party_member": person.party_member,
            "serves_public": person.serves_public,
            "group": person.group,
            "post": person.post,
        },
        "office": {"name": person.office, "above": person.office_parent, "place": filing.place},
        "campaign": {
            "id": campaign.id,
            "year": campaign.year,
            "period": campaign.period,
            "first": campaign.span.first.isoformat(),
            "last": campaign.span.last.isoformat(),
            "as_of": campaign.span.as_of.isoformat(),
        },
        "rulebook": {
            "id": book.id,
            "title": book.title,
            "number": book.issued.number,
            "date": book.issued.date.isoformat() if book.issued.date else None,
            "by": book.issued.by,
            "amended": [one.number for one in book.amended],
        },
        "form": {"id": form.id, "code": form.code, "instrument": form.instrument, "version": form.version},
        "answers": _answers(draft.answers),
        "worked_out": dict(filing.worked_out),
        "not_rated": filing.not_rated.cite if filing.not_rated else None,
        "self_rating": draft.self_rating,
        "suggested": draft.suggested,
        **_device(draft),
        "suggestions": {question: as_json(one) for question, one in suggested.items()},
        "sheet": sheet_json(sheet),
    }


def _device(draft: Draft) -> dict[str, Json]:
    """Who issued the code of the device it was sent from; left out when nobody did, as in all earlier documents."""
    given = draft.device
    first: dict[str, Json] = {"first": True} if given and given.first else {}
    return {"device": {"by": given.name, "position": given.position, "at": local(given.at), **first}} if given else {}


def particulars(person: Person, key: str) -> dict[str, Json]:
    """The particulars of a person at that time."""
    return {"key": key, "name": person.name, "position": person.position, "unit": person.unit}


def local(moment: dt.datetime) -> str:
    """A moment in Vietnamese time."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def _answers(answers: Answers) -> dict[str, Json]:
    return {key: [one.value, one.note, one.skipped] for key, one in answers.items()}
