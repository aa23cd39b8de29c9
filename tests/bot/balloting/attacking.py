"""Whoever holds everything that is left behind and wants to know who voted what.

They hold a copy of the database after every single step (tables as rows; of SQLite also the very files), the installation's own key, the
key by which tokens were given, two tellers' keys, the box as it was opened, and the logs. They guess for each voter who received a token
which of the opened ballots is theirs, in every way below; a way that is right more often than guessing is a leak.
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
    """All they have. `snapshots`: the rows of every table after each step; `names`: what voters are called; `log`: every line. `written`: what
    an engine, a log or a backup wrote in each step, byte for byte (as many as snapshots, where there is any). `files`: after each step every file
    of the house, by its path: bytes, moment of its last change. `said`: the lines that were said in each step, by logs or figures.
    """

    poll: int
    voters: Sequence[int]  # who received a token
    key: CodeKey
    snapshots: list[Rows] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    names: Mapping[int, str] = field(default_factory=dict)
    written: list[bytes] = field(default_factory=list)
    files: list[Mapping[str, tuple[int, int]]] = field(default_factory=list)
    said: list[Sequence[str]] = field(default_factory=list)

    def boxes(self) -> list[list[Cast]]:
        """The box after each step, unlocked, in the order it was kept in."""
        found = []
        for rows in self.snapshots:
            kept = [one["content"] for one in rows.get("poll_box", ()) if one["poll_id"] == self.poll]
            text = self.key.unlock(kept[0]) if kept else None
            found.append([Cast(*map(b64decode, one)) for one in json.loads(text)] if text else [])
        return found


def _steps(loot: Loot) -> list[tuple[int, Cast]]:
    """Step → the ballot that came in it, in the order in which they came."""
    boxes, came = loot.boxes(), []
    for step in range(1, len(boxes)):
        before = {one.message for one in boxes[step - 1]}
        came += [(step, one) for one in boxes[step] if one.message not in before and boxes[step]]
    return came


def _received(loot: Loot) -> list[int]:
    """Who received a token, in the order in which they did."""
    order: list[int] = []
    for rows in loot.snapshots:
        for one in rows["poll_person"]:
            if one["poll_id"] == loot.poll and one["blinded"] and one["person_id"] not in order:
                order.append(one["person_id"])
    return order


def _as_kept(loot: Loot) -> list[int]:
    """Voters as their rows lie in the last copy."""
    rows = [one for one in loot.snapshots[-1]["poll_person"] if one["poll_id"] == loot.poll]
    return [one["person_id"] for one in rows if one["person_id"] in loot.voters]


def _paired(people: Sequence[int], ballots: Sequence[Cast]) -> Guess:
    return dict(zip(people, (one.message for one in ballots), strict=False))


def _orders(loot: Loot) -> Iterator[tuple[str, Guess]]:
    """One order beside another: of people (who received first, as rows lie, by name, by the digest kept), of ballots (who came first, as
    the box lies, by their bytes).
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
    """Whatever row speaks of a person and changed in the step in which a ballot came; lines of the log likewise."""
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
    """Whether anything kept of a person is part of a ballot, or its digest."""
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
    """By what a voter may be known in what was written: whatever is kept of them, and their number as a log words a value."""
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
    """Who is named by what was written in the step in which a ballot came, and by nothing else of these steps."""
    if not loot.written:
        return
    named: dict[int, list[bytes]] = {who: [] for who in loot.voters}
    for step, ballot in _steps(loot):
        for who, marks in _marks(loot).items():
            if any(mark in loot.written[step] for mark in marks):
                named[who].append(ballot.message)
    yield "written beside", {who: found[0] for who, found in named.items() if len(found) == 1}
    yield "written beside last", {who: found[-1] for who, found in named.items() if found}


# Whatever there is besides, without knowing what it may be: all that is kept of a voter stands for them.

#: What names a person in whatever table.
_NAMES = {
    table.name: [
        column.name for column in table.columns if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]
    + (["id"] if table.name == "person" else [])
    for table in METADATA.sorted_tables
}
#: A shorter text stands for many things.
_TELLING = 6


def _whose(loot: Loot, table: str, row: Mapping[str, Any]) -> int | None:
    """The one voter whose row it is."""
    named = {row.get(column) for column in _NAMES.get(table, ())} & set(loot.voters)
    return named.pop() if len(named) == 1 else None


def _aliases(loot: Loot) -> dict[str, int]:
    """Text → the one voter it stands for: whatever is kept of them anywhere, and of nobody else."""
    found: dict[str, set[int]] = {name: {who} for who, name in loot.names.items()}
    for rows in loot.snapshots:
        for table, kept in rows.items():
            for one in kept:
                if who := _whose(loot, table, one):
                    for value in one.values():
                        found.setdefault(str(value), set()).add(who)
    return {text: next(iter(whose)) for text, whose in found.items() if len(whose) == 1 and len(text) >= _TELLING}


def _changed(loot: Loot, step: int) -> list[str]:
    """Everything that is new after a step, as text: rows, lines, names of files."""
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
    """Who alone is named by anything that is new after the step in which a ballot came."""
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
    """Every order of voters: by whatever is kept of them, by where their rows lie, by their files."""
    by: dict[str, dict[int, Any]] = {"number": {who: who for who in loot.voters}}
    for name, who, value in (*_kept_of(loot), *_files_of(loot)):
        by.setdefault(name, {})[who] = value
    for name, values in by.items():
        if set(values) == set(loot.voters) and len(set(values.values())) == len(values):
            yield name, sorted(values, key=values.__getitem__)


def _kept_of(loot: Loot) -> Iterator[tuple[str, int, Any]]:
    """What, of which voter, its value: of every row that is one voter's."""
    for table, rows in loot.snapshots[-1].items():
        for place, one in enumerate(rows):
            if who := _whose(loot, table, one):
                yield f"{table} lies", who, place
                yield from ((f"{table}.{column}", who, str(value).rjust(40)) for column, value in one.items())


def _files_of(loot: Loot) -> Iterator[tuple[str, int, Any]]:
    """The same of every file in whose name a voter is named."""
    aliases = _aliases(loot)
    for path, (size, moment) in loot.files[-1].items():
        for who in {who for text, who in aliases.items() if text in path}:
            yield "file's size", who, size
            yield "file's moment", who, moment


def _of_ballots(loot: Loot) -> Iterator[tuple[str, list[Cast]]]:
    """Every order of ballots: as they came, by how much each file grew with each, by how much was said."""
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
    """Every way of guessing, by what it goes by."""
    return {name: guess for way in WAYS for name, guess in way(loot)}


def right(guess: Guess, truth: Mapping[int, bytes]) -> int:
    """How many voters are named right."""
    return sum(truth.get(who) == message for who, message in guess.items())
