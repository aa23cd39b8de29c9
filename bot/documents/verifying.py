"""Verifies a paper that somebody holds: finds what is stored under its code, and compares its file with that."""

import asyncio
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.documents.comparing import compared, likeness, words
from bot.documents.content import read
from bot.documents.extracting import Taken, read_paper
from bot.documents.printing import COMMENTS, Printable, composed_of, files, template_of
from bot.documents.sheets import printable
from bot.documents.taking_out import version_in_force
from bot.door.verdicts import Agreed, PaperTold, SheetTold, Standing, Verdict
from rules.nouns.errors import NamedCaseError
from rules.nouns.reviews import Review
from rules.nouns.rounds import Ended, Talk
from rules.nouns.rulings import Act
from rules.nouns.sheets import SheetPaper
from storage.repositories.documents import KeptAct, KeptDocument
from storage.transaction import Transaction
from templates.documents.words import period_words, section

#: A function that reads the file, in this process or a separate one.
Reading = Callable[[bytes], Awaitable[Taken]]

#: The short fingerprint in the footer of a page, and the lengths that may be typed.
_IN_TEXT = re.compile(r"\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}\b")
_MARK = re.compile(r"[0-9a-f]{16,64}")
#: Maximum number of codes of a file that are looked up, and of papers that share one.
_MOST_CODES, _MOST_PAPERS = 4, 20


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored under a code: the version as sent, its acts, and its review as it stands."""

    document: KeptDocument
    acts: Sequence[KeptAct]
    review: Review
    newest: KeptAct | None  # the ruling in force, about whichever version
    template: bytes | None = None  # the office's own Word template it was sent under

    @property
    def fingerprint(self) -> str:
        """The fingerprint under which it is stored."""
        return self.document.fingerprint

    @property
    def intact(self) -> bool:
        """Whether the stored content still has that fingerprint."""
        return hashlib.sha256(self.document.content).hexdigest() == self.document.fingerprint

    @property
    def in_force(self) -> bool:
        """Whether this is the version in force."""
        return version_in_force(self.review) == self.document.version

    @property
    def altered(self) -> NamedCaseError:
        """The error when it was altered: says where it is stored, for the administrator."""
        return NamedCaseError("document_altered", version=self.document.version, review=self.document.review)

    def states(self) -> Iterator[Sequence[KeptAct]]:
        """The possible states when it was printed, the fullest first: a number of comments, in order, with one of the
        decisions or none.
        """
        when = {id(one): read(one.content)["at"] for one in self.acts}
        comments = sorted((one for one in self.acts if one.kind in COMMENTS), key=lambda one: when[id(one)])
        rulings = [one for one in self.acts if one.kind is Act.RULED]
        for count in range(len(comments), -1, -1):
            made = [one for one in self.acts if one in comments[:count]]
            for ruling in (*reversed(rulings), None):
                yield [*made, *([ruling] if ruling else [])]

    def printed_as(self, acts: Sequence[KeptAct], *, own: bool) -> Printable:
        """The paper in that state. `own`: with the office's own template with which it was sent."""
        return composed_of(self.document, acts, self.template if own else None)

    def counts(self, acts: Sequence[KeptAct]) -> bool:
        """Whether this version, in that state, is in force, so that no newer decision has replaced the one printed."""
        number = next((one.number for one in acts if one.kind is Act.RULED), 0)
        older = number and self.review.ruling and number < self.review.ruling.number
        return self.in_force and not older


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """The same for a sheet of a round: the stored paper and its round. `newest`: it was not written anew since."""

    paper: SheetPaper
    talk: Talk
    newest: bool

    @property
    def fingerprint(self) -> str:
        """The fingerprint under which it is stored."""
        return self.paper.fingerprint

    @property
    def intact(self) -> bool:
        """Whether the stored content still has that fingerprint."""
        return hashlib.sha256(self.paper.content).hexdigest() == self.paper.fingerprint

    @property
    def in_force(self) -> bool:
        """Whether it is in force: neither superseded nor withdrawn, nor of a round that was sent anew."""
        who = self.talk.of(self.paper.person) if self.paper.person is not None else None
        given = self.paper.person is None or (who is not None and who.answered)
        return self.newest and given and self.talk.round.ended is not Ended.NEWER

    @property
    def altered(self) -> NamedCaseError:
        """The error when it was altered: says where it is stored, for the administrator."""
        return NamedCaseError("sheet_altered", paper=self.paper.id, round=self.paper.round)

    def states(self) -> Iterator[Sequence[KeptAct]]:
        """A single state: nothing is printed on it later."""
        yield ()

    def printed_as(self, _: Sequence[KeptAct], *, own: bool) -> Printable:  # noqa: ARG002 - offices have no template for it
        """The paper."""
        return printable(self.paper)

    def counts(self, _: Sequence[KeptAct]) -> bool:
        """Whether it is in force."""
        return self.in_force


#: A paper stored under a code.
Held = Known | KnownSheet


def digits(code: str) -> str:
    """The digits of a typed or scanned code: complete, short, or at the end of an address. Raises CaseError."""
    plain = "".join(code.rstrip("/").rpartition("/")[2].split()).lower()
    if not _MARK.fullmatch(plain):
        raise NamedCaseError("mark_or_file", code=code)
    return plain


async def under(tx: Transaction, mark: str) -> list[Held]:
    """The papers stored under these digits; from before documents were stored, several may share a code."""
    found = list[Held]()
    for document in (await tx.documents.called(mark))[:_MOST_PAPERS]:
        review = await tx.reviews.get(document.review)
        assert review is not None, "a document is of a review"
        acts = await tx.documents.acts(document.review, document.version)
        found.append(Known(document, acts, review, await _newest(tx, review, acts), await template_of(tx, document)))
    for paper in (await tx.sheets.called(mark))[:_MOST_PAPERS]:
        talk = await tx.rounds.talk(paper.round)
        assert talk is not None, "a paper is of a round"
        newest = {one.id for one in await tx.sheets.papers([paper.round])}
        found.append(KnownSheet(paper, talk, paper.id in newest))
    return found


async def _newest(tx: Transaction, review: Review, acts: Sequence[KeptAct]) -> KeptAct | None:
    if review.ruling is None:
        return None
    there = acts if review.ruling.version == 0 else await tx.documents.acts(review.id, review.ruling.version)
    return next((one for one in there if one.kind is Act.RULED and one.number == review.ruling.number), None)


def standing_of(known: Sequence[Held]) -> Standing:
    """The standing of a code without a file."""
    if not known:
        return Standing.UNKNOWN
    if not all(one.intact for one in known):
        return Standing.ALTERED
    return Standing.GENUINE if any(one.in_force for one in known) else Standing.REPLACED


def told(known: Held) -> PaperTold | SheetTold:
    """Whose paper it is and what became of it, as stored. Anything changed outside the program is not believed."""
    return _told_of_sheet(known) if isinstance(known, KnownSheet) else _told_of_version(known)


def _told_of_sheet(known: KnownSheet) -> SheetTold:
    kept, person = read(known.paper.content), known.paper.person
    about, by = kept["about"], kept["by"]["name"] if person is not None else ""
    at = dt.datetime.fromisoformat(kept["at"])
    return SheetTold(
        about["name"], about["key"], about["unit"], kept["form"]["code"], by, kept["body"], at, known.in_force
    )


def _told_of_version(known: Known) -> PaperTold:
    kept = read(known.document.content)
    who, campaign = kept["person"], kept["campaign"]
    ruling = read(known.newest.content) if known.newest else None
    return PaperTold(
        known.document.review,
        who["name"],
        who["key"],
        who["unit"],
        kept["office"]["name"],
        kept["form"]["code"],
        period_words(campaign["year"], campaign.get("period", "year")),
        known.document.version,
        version_in_force(known.review),
        dt.datetime.fromisoformat(kept["sent_at"]),
        tuple(_agreed(read(one.content)) for one in known.acts if one.kind in {Act.ENDORSED, Act.APPROVED}),
        **(_ruling(ruling, known.document.version) if ruling else {}),
    )


def _agreed(said: Mapping[str, Any]) -> Agreed:
    by = said["by"]
    return Agreed(by["name"], by["position"], dt.datetime.fromisoformat(said["at"]))


def _ruling(said: Mapping[str, Any], version: int) -> dict[str, Any]:
    named = section("ratings")
    who = _agreed(said)
    return {
        "ruling": said["number"],
        "ruled": replace(who, name=said["signer"] or who.name, position="") if said["document"] else who,
        "ratings": tuple(named[one] if one else section("words")["not_rated"] for one in said["ratings"].values()),
        "by_paper": said["document"],
        "decided": said["version"] == version,
    }


def codes_in(taken: Taken) -> list[str]:
    """The codes in a file, the most frequent first."""
    found = Counter(mark.replace(" ", "") for page in taken.pages for mark in _IN_TEXT.findall(" ".join(page.split())))
    return [mark for mark, _ in found.most_common(_MOST_CODES)]


async def carried(tx: Transaction, taken: Taken) -> list[Held]:
    """The papers stored under the codes in a file. Raises CaseError when one was changed outside the program."""
    known = [one for mark in codes_in(taken) for one in await under(tx, mark)]
    for one in known:
        if not one.intact:
            raise one.altered
    return known


async def judged(known: Sequence[Held], taken: Taken, reading: Reading) -> tuple[Verdict, Held | None]:
    """The standing of a file, and the state of the paper with which it was compared: the most similar one, because it
    may have been printed before the next approval. That state is printed anew and read like the file.
    """
    if not known:
        return Verdict(Standing.UNKNOWN), None
    mine, acts = await asyncio.to_thread(_nearest, known, taken)
    (printed,) = await asyncio.to_thread(files, mine.printed_as(acts, own=True), (taken.kind,))
    found = await asyncio.to_thread(compared, await reading(printed.content), taken)
    kept = Standing.GENUINE if mine.counts(acts) else Standing.REPLACED
    standing = kept if found.same else Standing.ALTERED
    return Verdict(standing, told(mine), found.differences, found.many, found.beside, mine.fingerprint), mine


def _nearest(known: Sequence[Held], taken: Taken) -> tuple[Held, Sequence[KeptAct]]:
    theirs = Counter(word for page in taken.pages for word in words(page))
    states = [(one, acts) for one in known for acts in one.states()]
    return min(states, key=lambda state: likeness(_printed_words(*state), theirs))


def _printed_words(known: Held, acts: Sequence[KeptAct]) -> Counter[str]:
    """The words of the paper in that state, from its Word file, which is faster than from pages."""
    (file,) = files(known.printed_as(acts, own=False), ("docx",))
    return Counter(word for page in read_paper(file.content).pages for word in words(page))
