"""Which drafts somebody may send round, and how they read now."""

import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from bot.campaign.concluded import Concluded, concluded_in
from bot.campaign.months.tracked import with_scores
from bot.campaign.rounds.sheets import Sheets
from bot.campaign.usable import usable
from bot.documents.content import read
from bot.documents.keeping import Keeper, filing_of
from dialogs.core.handed import EnclosureFile
from dialogs.core.handlers import Books
from dialogs.core.knowledge.rounds import DraftToSend, SheetsToSend
from rules.book.rounds import Drafted, rule_for
from rules.campaign.permissions import Action, may, relations, relations_to_office, relations_to_unit
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Campaign, Review
from rules.nouns.rounds import Piece, Round, sections_of, token_of_text
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES
from storage.transaction import Transaction
from templates.documents import composed, paper
from templates.documents.sheets.kept import sheet_of
from templates.documents.sheets.pieces import pieces_of
from templates.wording import label


@dataclass(frozen=True, slots=True)
class Sender:
    """A person who sends a draft, with the data of their conversation: their own open reviews, and those waiting for
    them.
    """

    tx: Transaction
    books: Books
    person: Person
    own: Sequence[Review]
    waiting: Sequence[Review]
    acts_for: Sequence[int]
    now: dt.datetime

    async def drafts(self, chosen: str = "", file: EnclosureFile | None = None) -> tuple[DraftToSend, ...]:
        """The drafts they may send, their own first. The `chosen` one has its sections, or the `file` sent in their
        place, and the previous round.
        """
        found: dict[str, DraftToSend] = {}
        async for one in self._all():
            found.setdefault(one.token, one)
        if chosen not in found:
            return tuple(found.values())
        whole = await self._whole(_with_file(found[chosen], file if found[chosen].takes_file else None))
        return tuple(whole if one.token == chosen else one for one in found.values())

    async def rest(self, chosen: str = "") -> tuple[SheetsToSend, ...]:
        """The desk's sheets about everybody who has none yet; the `chosen` ones with their text."""
        found, sheets = list[SheetsToSend](), Sheets(self.tx, self.books, self.person, self.now)
        for part in await self._parts():
            if may(relations_to_office(self.person, part.office), Action.START_ROUND):
                lines = await self.tx.standings.of_campaign(part.id, self.now.date(), part.rulebook)
                found += [one async for one in sheets.rest(part, lines)]
        return tuple([await self._read(one, sheets) if one.token == chosen else one for one in found])

    async def _read(self, rest: SheetsToSend, sheets: Sheets) -> SheetsToSend:
        drafts = list[DraftToSend]()
        for one in rest.drafts:
            review = await self.tx.reviews.get(one.review or 0)
            assert review is not None, "it was just listed"
            pieces = await sheets.pieces(one, review)
            drafts.append(replace(one, pieces=pieces, sha256=hash_of(one.title, pieces)))
        return replace(rest, drafts=tuple(drafts))

    @property
    def may_write(self) -> bool:
        """Whether they may send a text or file of their own: heads of units and the desk may."""
        return may(relations_to_unit(self.person, self.person.office, self.person.unit_id), Action.START_ROUND)

    async def written(
        self, token: str, title: str, text: str, file: EnclosureFile | None = None
    ) -> tuple[DraftToSend, ...]:
        """A text or file of their own as it came; none when the token names something else or they may send none."""
        if not (text or file) or token != token_of_text(self.person.id, title) or not self.may_write:
            return ()
        unit = self.person.unit_id if self.person.head else None
        draft = DraftToSend(token, title, self.person.id, unit=unit, text=text)
        return (await self._whole(_with_file(draft, None if text else file)),)

    async def _all(self) -> AsyncIterator[DraftToSend]:
        for review in (*self.own, *self.waiting):
            held = relations(self.person, review, self.acts_for)
            mine = self.person.id in {review.person.id, review.drafter}
            may_read = mine or (review.draft is not None and review.status not in OWED)
            started = bool(review.answers) or review.draft is not None
            elsewhere = review.drafter == self.person.id  # a report that is written elsewhere may go round as a file
            if may(held, Action.START_ROUND) and may_read and self._sendable(review) and (started or elsewhere):
                draft = self._of_review(
                    review.campaign, review.form, review.person, review.id, review.drafter or review.person.id
                )
                yield draft if started else replace(draft, unwritten=True)
        parts = await self._parts()
        leads = self.person.head or may(relations_to_office(self.person, self.person.office), Action.START_ROUND)
        for part in parts if leads else ():
            lines = await self.tx.standings.of_campaign(part.id, self.now.date(), part.rulebook)
            async for one in self._of_part(part, lines):
                yield one

    async def _of_part(self, part: Campaign, lines: Sequence[ReviewLine]) -> AsyncIterator[DraftToSend]:
        """Reports of bodies; for the desk also the list of proposed ratings, and sheets about people."""
        for line in lines:
            held = relations_to_unit(self.person, line.person.office, line.person.unit_id)
            body = line.person.subject in BODIES and not line.decided and (line.started or not line.owed)
            if body and may(held, Action.START_ROUND):
                yield self._of_review(part, line.form, line.person, line.review, line.drafter or self.person.id)
        if not may(relations_to_office(self.person, part.office), Action.START_ROUND):
            return
        rules = self.books[part.edition].rounds
        if any(not one.owed and not one.decided for one in lines):
            values = {"year": part.year, "period": part.period}
            yield DraftToSend(
                f"l{part.id}",
                label("round/list_title", values, "vi"),
                self.person.id,
                rule_for(rules, Drafted.LIST),
                part.id,
                part.rulebook,
            )
        async for one in Sheets(self.tx, self.books, self.person, self.now).of(part, lines):
            yield one

    async def _parts(self) -> list[Campaign]:
        office = await self.tx.units.office_of(self.person.id)
        return [one for one in await self.tx.campaigns.of_office(office, is_open=True) if usable(one, self.books)]

    def _sendable(self, review: Review) -> bool:
        return usable(review.campaign, self.books) and review.status not in RULED

    def _of_review(self, part: Campaign, form: str, whose: Person, review: int, owner: int) -> DraftToSend:
        book = self.books[part.edition]
        about = book.forms[form]
        values = {
            "title": about.title,
            "code": about.code,
            "year": part.year,
            "period": part.period,
            "name": whose.name,
        }
        return DraftToSend(
            f"r{review}",
            label("round/review_title", values, "vi"),
            owner,
            rule_for(book.rounds, Drafted.REVIEW, form, whose),
            part.id,
            part.rulebook,
            review,
            person=None if whose.subject in BODIES else whose.id,
            unit=whose.unit_id,
        )

    async def _whole(self, draft: DraftToSend) -> DraftToSend:
        """The draft with its sections as they read now; those changed since the previous round are marked."""
        pieces, version = await self._pieces(draft) if not draft.file_name else ((), 0)
        office = await self.tx.units.office_of(self.person.id)
        rounds = await self.tx.rounds.about(office, draft.token)
        before = rounds[-1] if rounds else None
        marked = compared(pieces, before) if before else pieces
        sha256 = draft.sha256 if draft.file_name else hash_of(draft.title, pieces)
        return replace(draft, pieces=marked, version=version, sha256=sha256, earlier=before)

    async def _pieces(self, draft: DraftToSend) -> tuple[tuple[Piece, ...], int]:
        if draft.text:
            return sections_of(draft.title, draft.text), 0
        if draft.token.startswith("l"):
            return await self._list(draft), 0
        review = await self.tx.reviews.get(draft.review or 0)
        assert review is not None, "it was just listed"
        if draft.token.startswith("s"):
            return await Sheets(self.tx, self.books, self.person, self.now).pieces(draft, review), 0
        version = review.draft.version if review.draft and review.status not in OWED else 0
        document = await self.tx.documents.of_version(review.id, version) if version else None
        if document is not None:
            return pieces_of(composed(sheet_of(read(document.content)["sheet"]), document.fingerprint, ())), version
        where = await Keeper(self.tx, self.books, self.now).where(review)
        (review,) = await with_scores(self.tx, self.books, [review])
        return pieces_of(paper(filing_of(self.books[review.campaign.edition], review, review.answers, where))), 0

    async def _list(self, draft: DraftToSend) -> tuple[Piece, ...]:
        """The proposed ratings by unit, as concluded by its meeting, otherwise as people rate themselves; only reviews
        sent and not decided.
        """
        said = await concluded_in(self.tx, self.books, [draft.campaign or 0])
        lines = await self.tx.standings.of_campaign(draft.campaign or 0, self.now.date(), draft.rulebook)
        by_unit: dict[str, list[ReviewLine]] = {}
        for line in lines:
            if not line.owed:
                by_unit.setdefault(line.person.unit, []).append(line)
        return tuple(Piece(unit, "\n".join(_proposed(some, said))) for unit, some in by_unit.items())


def _with_file(draft: DraftToSend, file: EnclosureFile | None) -> DraftToSend:
    """The draft with a file in place of its text, if there is one."""
    if file is None:
        return draft
    return replace(draft, sha256=file.sha256, file_name=file.name, file_kind=file.kind, file_size=file.size)


def _proposed(lines: Iterable[ReviewLine], said: Concluded) -> list[str]:
    """The proposals; of several ratings the last, as in review lines."""
    return [
        label(
            "round/proposed",
            {
                "number": number,
                "name": line.person.name,
                "position": line.person.position,
                "rating": next(reversed([*said.get(line.review, {}).values()]), line.self_rating) or "",
            },
            "vi",
        )
        for number, line in enumerate(lines, start=1)
    ]


def compared(pieces: tuple[Piece, ...], before: Round) -> tuple[Piece, ...]:
    """The sections, with those marked that are new or changed since the previous round."""
    was = {one.title: one.text for one in before.pieces}
    return tuple(replace(one, changed=was.get(one.title) != one.text) for one in pieces)


def hash_of(title: str, pieces: Iterable[Piece]) -> str:
    """The hash of a draft: title and sections."""
    said = [title, *([one["title"], one["text"]] for one in map(asdict, pieces))]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
