"""An attacker who has everything that is left behind and wants to know who voted what.

They have a copy of the database after every single step (tables as rows; for SQLite also the files themselves), the
installation's own key, the key that signed the tokens, two tellers' keys, the opened box, and the logs. For each voter
with a token they guess which of the opened ballots is theirs, in every way below. A way that is right more often than
chance is a leak.
"""

import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.code_key import CodeKey
from storage.repositories.polls import Cast
from storage.tables import METADATA

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
#: A guess: voter → ballot (its message).
Guess = dict[int, bytes]


@dataclass
class Loot:
    """Everything that the attacker has."""

    poll: int
    #: Those who received a token.
    voters: Sequence[int]
    key: CodeKey
    #: The rows of every table after each step.
    snapshots: list[Rows] = field(default_factory=list)
    #: All lines of the log.
    log: list[str] = field(default_factory=list)
    #: The names of the voters.
    names: Mapping[int, str] = field(default_factory=dict)
    #: The bytes that the engine, a log or a backup wrote in each step; empty, or one for each snapshot.
    written: list[bytes] = field(default_factory=list)
    #: After each step, every file of the house: path → size in bytes, time of the last change.
    files: list[Mapping[str, tuple[int, int]]] = field(default_factory=list)
    #: The lines added in each step to logs or figures.
    said: list[Sequence[str]] = field(default_factory=list)

    def boxes(self) -> list[list[Cast]]:
        """The box after each step, unlocked, in its stored order."""
        found = []
        for rows in self.snapshots:
            kept = [one["content"] for one in rows.get("poll_box", ()) if one["poll_id"] == self.poll]
            text = self.key.unlock(kept[0]) if kept else None
            found.append([Cast(*map(b64decode, one)) for one in json.loads(text)] if text else [])
        return found


def _steps(loot: Loot) -> list[tuple[int, Cast]]:
    """The ballots in the order of their arrival, each with the step in which it came."""
    boxes, came = loot.boxes(), []
    for step in range(1, len(boxes)):
        before = {one.message for one in boxes[step - 1]}
        came += [(step, one) for one in boxes[step] if one.message not in before and boxes[step]]
    return came


def _received(loot: Loot) -> list[int]:
    """The voters in the order in which they received their tokens."""
    order: list[int] = []
    for rows in loot.snapshots:
        for one in rows["poll_person"]:
            if one["poll_id"] == loot.poll and one["blinded"] and one["person_id"] not in order:
                order.append(one["person_id"])
    return order


def _as_kept(loot: Loot) -> list[int]:
    """The voters in the order of their rows in the last copy."""
    rows = [one for one in loot.snapshots[-1]["poll_person"] if one["poll_id"] == loot.poll]
    return [one["person_id"] for one in rows if one["person_id"] in loot.voters]


def _paired(people: Sequence[int], ballots: Sequence[Cast]) -> Guess:
    return dict(zip(people, (one.message for one in ballots), strict=False))


def _orders(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """Pairs an order of voters (of receiving tokens, of rows, by name, by stored digest) with an order of ballots (of
    arrival, of the box, by bytes).
    """
    last = next(box for box in reversed(loot.boxes()) if box)
    digests = {one["person_id"]: one["blinded"] or "" for one in loot.snapshots[-1]["poll_person"]}
    people = {
        "received": _received(loot),
        "rows": _as_kept(loot),
        "names": sorted(loot.voters, key=lambda one: loot.names.get(one, "")),
        "digests": sorted(loot.voters, key=lambda one: digests[one]),
    }
    ballots = {
        "came": [ballot for _, ballot in _steps(loot)],
        "box": last,
        "message": sorted(last, key=lambda one: one.message),
        "signature": sorted(last, key=lambda one: one.signature),
        "sealed": sorted(last, key=lambda one: one.sealed),
        "hash": sorted(last, key=lambda one: hashlib.sha256(one.message).digest()),
    }
    for of, order in people.items():
        for by, listed in ballots.items():
            yield f"{of} by {by}", _paired(order, listed)
            yield f"{of} by {by}, backwards", _paired(order, listed[::-1])


def _beside(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """The voter named by a row that changed, or by a line that was logged, in the step in which a ballot came."""
    guess: Guess = {}
    for step, ballot in _steps(loot):
        before, after = loot.snapshots[step - 1], loot.snapshots[step]
        for table, rows in after.items():
            old = [json.dumps(one, default=str, sort_keys=True) for one in before[table]]
            new = [one for one in rows if json.dumps(one, default=str, sort_keys=True) not in old]
            for one in new:
                named = {one.get(column) for column in ("person_id", "by_person", "person", "by")}
                for who in named & set(loot.voters):
                    guess[who] = ballot.message
    yield "rows that changed", guess
    lines: Guess = {}
    came = [ballot for _, ballot in _steps(loot)]
    said = [who for line in loot.log for who in loot.voters if f"person {who} " in f"{line} "]
    yield "lines of the log", lines | _paired(said, came)


def _bytes(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """The voter of whom something stored, or its digest, is part of a ballot."""
    last = next(box for box in reversed(loot.boxes()) if box)
    guess: Guess = {}
    for one in loot.snapshots[-1]["poll_person"]:
        if one["person_id"] not in loot.voters:
            continue
        for ballot in last:
            whole = b"".join(ballot)
            digests = {hashlib.sha256(part).hexdigest() for part in (*ballot, whole)}
            kept = {str(value) for column, value in one.items() if column in {"blinded", "mark"} and value}
            if kept & digests or any(value.encode() in whole for value in kept):
                guess[one["person_id"]] = ballot.message
    yield "bytes in common", guess


def _marks(loot: Loot) -> dict[int, list[bytes]]:
    """Voter → bytes by which they may be recognised: everything stored about them, and their id as a log words it."""
    rows = {one["person_id"]: one for one in loot.snapshots[-1]["poll_person"] if one["poll_id"] == loot.poll}
    return {
        who: [
            *(str(rows[who][column]).encode() for column in ("name", "blinded", "mark") if rows[who][column]),
            f"= '{who}'".encode(),
            f"\t{who}\t".encode(),
            f", {who}, ".encode(),
        ]
        for who in loot.voters
    }


def _written(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """The voter who is named by what was written in the step in which a ballot came, and in no other of these steps."""
    if not loot.written:
        return
    named: dict[int, list[bytes]] = {who: [] for who in loot.voters}
    for step, ballot in _steps(loot):
        for who, marks in _marks(loot).items():
            if any(mark in loot.written[step] for mark in marks):
                named[who].append(ballot.message)
    yield "written beside", {who: found[0] for who, found in named.items() if len(found) == 1}
    yield "written beside last", {who: found[-1] for who, found in named.items() if found}


# Ways that need no knowledge of the tables: everything stored about a voter stands for them.

#: Columns that name a person in some table.
_NAMES = {
    table.name: [
        column.name for column in table.columns if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]
    + (["id"] if table.name == "person" else [])
    for table in METADATA.sorted_tables
}
#: Shorter texts are too common to stand for a voter.
_TELLING = 6


def _whose(loot: Loot, table: str, row: Mapping[str, Any]) -> int | None:
    """The voter to whom a row belongs; None: it is no single voter's."""
    named = {row.get(column) for column in _NAMES.get(table, ())} & set(loot.voters)
    return named.pop() if len(named) == 1 else None


def _aliases(loot: Loot) -> dict[str, int]:
    """Text → the voter it stands for: everything stored about this voter and nobody else."""
    found: dict[str, set[int]] = {name: {who} for who, name in loot.names.items()}
    for rows in loot.snapshots:
        for table, kept in rows.items():
            for one in kept:
                if who := _whose(loot, table, one):
                    for value in one.values():
                        found.setdefault(str(value), set()).add(who)
    return {text: next(iter(whose)) for text, whose in found.items() if len(whose) == 1 and len(text) >= _TELLING}


def _changed(loot: Loot, step: int) -> list[str]:
    """Everything that is new after a step, as texts: rows, lines, names of files."""
    before, after = loot.snapshots[step - 1], loot.snapshots[step]
    told = []
    for table, rows in after.items():
        old, new = (
            [json.dumps(one, default=str, sort_keys=True, ensure_ascii=False) for one in each]
            for each in (before[table], rows)
        )
        told += set(new) - set(old)
    if loot.said:
        told += loot.said[step]
    if loot.files:
        told += [path for path, seen in loot.files[step].items() if loot.files[step - 1].get(path) != seen]
    return told


def _anything(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """The only voter named by anything that is new after the step in which a ballot came."""
    if not loot.files:
        return
    aliases, guess = _aliases(loot), Guess()
    for step, ballot in _steps(loot):
        news = "\n".join(_changed(loot, step))
        named = {who for text, who in aliases.items() if text in news}
        named |= {who for who in loot.voters if re.search(rf"(person|who|by|voter)\W{{1,4}}{who}\b", news)}
        if len(named) == 1:
            guess[named.pop()] = ballot.message
    yield "anything new", guess


def _of_voters(loot: Loot) -> Iterator[tuple[str, list[int]]]:
    """Every order of voters: by each stored value, by the place of their rows, by their files."""
    by: dict[str, dict[int, Any]] = {"number": {who: who for who in loot.voters}}
    for name, who, value in (*_kept_of(loot), *_files_of(loot)):
        by.setdefault(name, {})[who] = value
    for name, values in by.items():
        if set(values) == set(loot.voters) and len(set(values.values())) == len(values):
            yield name, sorted(values, key=values.__getitem__)


def _kept_of(loot: Loot) -> Iterator[tuple[str, int, Any]]:
    """For every row that belongs to one voter: the name of a value, the voter, and the value."""
    for table, rows in loot.snapshots[-1].items():
        for place, one in enumerate(rows):
            if who := _whose(loot, table, one):
                yield f"{table} lies", who, place
                yield from ((f"{table}.{column}", who, str(value).rjust(40)) for column, value in one.items())


def _files_of(loot: Loot) -> Iterator[tuple[str, int, Any]]:
    """The same for every file whose name names a voter."""
    aliases = _aliases(loot)
    for path, (size, moment) in loot.files[-1].items():
        for who in {who for text, who in aliases.items() if text in path}:
            yield "file's size", who, size
            yield "file's moment", who, moment


def _of_ballots(loot: Loot) -> Iterator[tuple[str, list[Cast]]]:
    """Every order of ballots: by arrival, by how much each file grew, by how much was logged."""
    steps = _steps(loot)
    yield "came", [ballot for _, ballot in steps]
    for path in loot.files[-1]:
        grew = [loot.files[step].get(path, (0, 0))[0] - loot.files[step - 1].get(path, (0, 0))[0] for step, _ in steps]
        if len(set(grew)) == len(grew):
            yield (
                f"{path} grew",
                [ballot for _, (_, ballot) in sorted(zip(grew, steps, strict=True), key=lambda one: one[0])],
            )
    said = [sum(map(len, loot.said[step])) for step, _ in steps]
    if len(set(said)) == len(said):
        yield "said", [ballot for _, (_, ballot) in sorted(zip(said, steps, strict=True), key=lambda one: one[0])]


def _every_order(loot: Loot) -> Iterator[tuple[str, Guess]]:
    if not loot.files:
        return
    ballots = [*_of_ballots(loot)]
    for of, people in _of_voters(loot):
        for by, listed in ballots:
            yield f"every {of} by {by}", _paired(people, listed)
            yield f"every {of} by {by}, backwards", _paired(people, listed[::-1])


WAYS: Sequence[Callable[[Loot], Iterator[tuple[str, Guess]]]] = (
    _orders,
    _beside,
    _bytes,
    _written,
    _anything,
    _every_order,
)


def guesses(loot: Loot) -> dict[str, Guess]:
    """Name of a way of guessing → its guess."""
    return {name: guess for way in WAYS for name, guess in way(loot)}


def right(guess: Guess, truth: Mapping[int, bytes]) -> int:
    """The number of voters whose ballot is guessed right."""
    return sum(truth.get(who) == message for who, message in guess.items())
