"""Bundles: the papers of a unit or a whole campaign as one ZIP. Its contents are fixed at one instant and then printed
one by one.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from bot.documents.content import read
from bot.documents.file_names import safe, untaken
from bot.documents.printing import called_by, composed_of, printed, shown_on, template_of
from bot.documents.taking_out import version_in_force
from bot.documents.zipping import zipped
from rules.nouns.text import folded
from storage.repositories.documents import KeptAct
from storage.store import Store
from storage.transaction import Transaction

#: Number of reviews read at once.
_BATCH = 50
#: The formats in which each paper is printed.
KINDS = ("docx", "pdf")


#: A callback for versions whose own Word template failed, so that the generic one was used.
GaveWay = Callable[[int, int], Awaitable[None]]


async def _silent(_review: int, _version: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class InBundle:
    """A paper of a bundle: its path without suffix, the version and review, its template, and the acts up to then."""

    path: str
    review: int
    version: int
    fingerprint: str
    template: str | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The contents of a ZIP. `name`: its file name; `mark`: identifies its bytes, so that an interrupted download can
    be resumed.
    """

    name: str
    papers: tuple[InBundle, ...]
    mark: str

    def pieces(self, store: Store, gave_way: GaveWay = _silent) -> AsyncIterator[bytes]:
        """The ZIP in pieces; only one paper is in memory. `gave_way` is called for each whose own Word template failed
        and which is therefore printed with the generic one.
        """
        return zipped(_files(store, self.papers, gave_way))


@dataclass(frozen=True, slots=True)
class Readable:
    """A version that somebody may have. `ruling`: with the decision on it."""

    review: int
    version: int
    ruling: bool


async def bundled(tx: Transaction, name: str, readable: Sequence[Readable]) -> Bundle:
    """The bundle of these versions, as stored in this transaction."""
    taken, papers = set[str](), list[InBundle]()
    for one in readable:
        document = await tx.documents.of_version(one.review, one.version)
        if document is None:
            continue
        acts = shown_on(await tx.documents.acts(one.review, one.version), 0 if one.ruling else None)
        path = untaken(path_of(read(document.content)), taken)
        taken.add(folded(path))
        papers.append(
            InBundle(path, one.review, one.version, document.fingerprint, document.template, tuple(map(_digest, acts)))
        )
    return Bundle(name, tuple(papers), _mark(papers))


def path_of(kept: Mapping[str, Any]) -> str:
    """The folder and name a clerk expects: `Phòng A/CB-07 Trần Thị Hoa Mai – Mẫu số 02`; for a further post with that
    post.
    """
    return f"{safe(kept['person']['unit'])}/{called_by(kept)}"


async def in_force(
    tx: Transaction, campaign: int, unit: int = 0, chosen: Sequence[int] | None = None
) -> AsyncIterator[tuple[Any, int]]:
    """The reviews of a campaign with their version in force; only those of people in `unit` (0: all), or only those
    `chosen`.
    """
    ids = await tx.documents.of_campaign(campaign) if chosen is None else chosen
    for start in range(0, len(ids), _BATCH):
        for review in await tx.reviews.some(ids[start : start + _BATCH]):
            found = version_in_force(review)
            if found and unit in {0, review.person.unit_id}:
                yield review, found


async def _files(store: Store, papers: Sequence[InBundle], gave_way: GaveWay) -> AsyncIterator[tuple[str, bytes]]:
    for one in papers:
        async with store.reading() as tx:
            document = await tx.documents.of_version(one.review, one.version)
            assert document is not None, "what is kept stays"
            acts = await tx.documents.acts(one.review, one.version)
            template = await template_of(tx, document)
        then = [act for act in acts if _digest(act) in one.acts]
        files = await printed(await asyncio.to_thread(composed_of, document, then, template), KINDS)
        if any(file.generic for file in files):
            await gave_way(one.review, one.version)
        for file in files:
            yield f"{one.path}.{file.kind}", file.content


def _digest(act: KeptAct) -> str:
    return hashlib.sha256(act.content).hexdigest()


def _mark(papers: Sequence[InBundle]) -> str:
    """The same papers printed by the same program have the same bytes."""
    told = repr((version("tusoi"), KINDS, [(one.path, one.fingerprint, one.template, one.acts) for one in papers]))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
