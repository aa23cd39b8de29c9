"""Stores documents and acts when something is sent or said about it, with the people acting as they were then."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.clock import ZONE
from bot.documents.content import SCHEMA, canonical, local, particulars, read, sent
from dialogs.core.handlers import Books
from rules.book.rulebook import Rulebook
from rules.book.suggestion import NotRated, Suggestion
from rules.campaign.tree import body_above
from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import Form
from rules.judging.filing import Filing, agreement, opinion_given
from rules.judging.interview import rating_questions, suggestions, worked_out
from rules.ledger.filling import asked_for
from rules.ledger.kept import ledger_json
from rules.ledger.work import WorkLedger
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Answers, Decision, Draft, Json, Review
from rules.nouns.rulings import Acknowledgement, Act, Endorsement, Opinion, Ruling
from rules.roster.postings import as_of
from storage.repositories.documents import KeptAct, KeptDocument
from storage.transaction import Transaction
from templates.documents import commented, drawn, ruled
from templates.documents.blocks import Entry
from templates.documents.sheets.kept import entry_json, sheet_of
from templates.documents.words import word

_Made = TypeVar("_Made", Decision, Endorsement, Ruling)


@dataclass(frozen=True, slots=True)
class Where:
    """The office's particulars for a paper: the place of signature and, for party papers, the superior body; "" when
    unknown.
    """

    place: str = ""
    party_above: str = ""


def filing_of(book: Rulebook, review: Review, answers: Answers, where: Where) -> Filing:
    """The filing of these answers as a document that is not sent yet."""
    form = book.forms[review.form]
    return _filing(book, review, answers, where, suggestions(book, form, review.person, answers))


@dataclass(frozen=True, slots=True)
class Who:
    """Who acted, on which version, when, and for whom as a stand-in."""

    by: int
    name: str
    position: str
    version: int
    at: dt.datetime
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Stores documents and acts in an open transaction.

    `later`: freezes what happened before documents were stored, as it reads now; `address`: the prefix of the codes on
    its papers.
    """

    tx: Transaction
    books: Books
    now: dt.datetime
    later: bool = False
    address: str = ""

    async def sent(self, review: Review, draft: Draft) -> str:
        """Store a version that was sent, with the person as on the campaign's day of reference; returns the fingerprint
        of its document.
        """
        day = min(review.campaign.span.as_of, self.now.astimezone(ZONE).date())
        person = as_of(review.person, await self.tx.postings.of_person(review.person.id), day)
        book, review = self.books[review.campaign.edition], replace(review, person=person)
        suggested = suggestions(book, book.forms[review.form], person, draft.answers)
        filing = replace(
            _filing(book, review, draft.answers, await self.where(review), suggested),
            version=draft.version,
            submitted_on=draft.submitted_at.astimezone(ZONE).date().isoformat(),
            device=draft.device,
            address=self.address,
        )
        key = await self.tx.people.key_of(person.id)
        value = sent(review, book, draft, filing, drawn(filing), suggested, key)
        ledger = None if self.later else await self.ledger(review)
        if ledger and ledger.shown:
            value["ledger"] = ledger_json(ledger)
        earlier = draft.stamp if self.later else ""
        if self.later:
            value |= {"frozen_later": local(self.now), "earlier": earlier}
        mark = await self.tx.documents.keep(review.id, draft.version, canonical(value), self.now, earlier)
        office = None if self.later else await self.tx.units.office(review.campaign.office)
        if office is not None:
            await self.tx.templates.sent_under(office, review.form, review.id, draft.version)
        return mark

    async def endorsed(self, review: Review, made: Endorsement) -> None:
        """Store that a step of the chain agreed and passed the draft on."""
        document = await self.tx.documents.of_version(review.id, made.version)
        entry = commented(_here(made), await self._place_of(document, review))
        said: dict[str, Json] = {"role": made.role, "comment": made.comment}
        await self._keep(Act.ENDORSED, review, _who(made), made.step, said, entry, document)

    async def approved(self, review: Review, made: Decision) -> None:
        """Store that the last step agreed. If the same person had agreed at an earlier step, that act counts for both."""
        document = await self.tx.documents.of_version(review.id, made.version)
        before = [one for one in await self.tx.documents.acts(review.id, made.version) if one.kind is Act.ENDORSED]
        role = review.steps[-1].role if review.steps else review.approver_role
        entry = commented(agreement(_here(made), len(before), role), await self._place_of(document, review))
        if any(one.by == made.by for one in before):
            entry = replace(entry, role="")
        said: dict[str, Json] = {"role": role, "comment": made.comment}
        await self._keep(Act.APPROVED, review, _who(made), 0, said, entry, document)

    async def opinion(self, review: Review, made: Opinion) -> None:
        """Store an opinion, whichever version there is by then."""
        assert made.given_at is not None, "it was given"
        version = review.draft.version if review.draft else 0
        document = await self.tx.documents.of_version(review.id, version)
        given = _here(opinion_given(made, version))
        entry = commented(given, await self._place_of(document, review))
        said: dict[str, Json] = {"role": made.kind, "of": made.of, "comment": made.text}
        position = (await self.tx.people.get(given.by)).position
        who = Who(given.by, given.by_name, position, version, given.at)
        await self._keep(Act.OPINION, review, who, made.id, said, entry, document)

    async def ruled(self, review: Review, made: Ruling) -> None:
        """Store the decision of the authority. A decision about no version is not printed on any document."""
        document = await self.tx.documents.of_version(review.id, made.version)
        entry = ruled(sheet_of(read(document.content)["sheet"]), _here(made)) if document else Entry("")
        said: dict[str, Json] = {
            "ratings": dict(made.ratings),
            "remarks": made.remarks,
            "measures": made.measures,
            "prospects": made.prospects,
            "reason": made.reason,
            "cite": made.cite,
            "document": made.document,
            "signer": made.signer,
        }
        await self._keep(Act.RULED, review, _who(made), made.number, said, entry, document)

    async def answered(self, review: Review, made: Acknowledgement) -> None:
        """Store that the person took notice of a ruling, or the opinion they reserve. It is not printed on a document."""
        ruling = next(one for one in review.rulings if one.number == made.number)
        document = await self.tx.documents.of_version(review.id, ruling.version)
        person = review.person
        who = Who(person.id, person.name, person.position, ruling.version, made.at)
        await self._keep(Act(made.response.value), review, who, made.number, {"text": made.text}, Entry(""), document)

    async def ledger(self, review: Review) -> WorkLedger | None:
        """The ledger that fills this sheet, as it is now; None when its form uses none, or for a further post."""
        campaign, book = review.campaign, self.books[review.campaign.edition]
        if review.person.post or not (is_tracked(campaign.period) and asked_for(book, book.forms[review.form])):
            return None
        lines = await self.tx.ledgers.of_people([review.person.id], campaign.year, campaign.period)
        return WorkLedger(
            review.person, campaign.year, campaign.period, lines.get(review.person.id, ()), closed=not review.open
        )

    async def where(self, review: Review) -> Where:
        """The office's particulars for the paper of a review."""
        office = await self.tx.units.office(review.campaign.office)
        if office is None:
            return Where()
        form = self.books[review.campaign.edition].forms[review.form]
        above = body_above(await self.tx.units.bodies(office), review.person) if form.heading == "party" else ""
        return Where((await self.tx.units.settings(office)).place, above)

    async def _place_of(self, document: KeptDocument | None, review: Review) -> str:
        """The place of the document; before there is one, that of the office."""
        return str(read(document.content)["office"]["place"]) if document else (await self.where(review)).place

    async def _keep(
        self,
        kind: Act,
        review: Review,
        who: Who,
        number: int,
        said: Mapping[str, Json],
        entry: Entry,
        document: KeptDocument | None,
    ) -> None:
        """Store an act: who, when, what was said, how it is printed, and about which document."""
        if self.later and document and document.earlier and (entry.role or entry.comment):
            entry = replace(entry, earlier=word("footer_earlier", full=document.earlier))
        value: dict[str, Json] = {
            **said,
            "schema": SCHEMA,
            "act": kind,
            "review": review.id,
            "version": who.version,
            "number": number,
            "fingerprint": document.fingerprint if document else "",
            "by": await self._particulars(who.by, who.name, who.position),
            "for": await self._particulars(who.for_whom) if who.for_whom else None,
            "at": local(who.at),
            "entry": entry_json(entry),
        }
        if self.later:
            value["frozen_later"] = local(self.now)
        act = KeptAct(kind, who.version, number, who.by, canonical(value), self.later)
        await self.tx.documents.keep_act(review.id, act, self.now)

    async def _particulars(self, person_id: int, name: str = "", position: str = "") -> dict[str, Json]:
        person = await self.tx.people.get(person_id)
        as_then = replace(person, name=name, position=position) if name else person
        return particulars(as_then, await self.tx.people.key_of(person_id))


def _filing(
    book: Rulebook, review: Review, answers: Answers, where: Where, suggested: Mapping[str, Suggestion]
) -> Filing:
    form = book.forms[review.form]
    shown = worked_out(book, form, review.person, answers)
    return Filing(
        form=form,
        person=review.person,
        year=review.campaign.year,
        answers=answers,
        fingerprint=answers_stamp(form, answers),
        not_rated=_not_rated(form, answers, suggested),
        worked_out={item.shows: value for item, value in shown if value is not None},
        place=where.place,
        party_above=where.party_above,
        period=review.campaign.period,
    )


def _not_rated(form: Form, answers: Answers, suggested: Mapping[str, Suggestion]) -> NotRated | None:
    """The clause by which there is no rating; looked up only when none was chosen."""
    ratings = rating_questions(form)
    if not ratings or any(one.key in answers and answers[one.key].value is not None for one in ratings):
        return None
    return next((one.not_rated for one in suggested.values() if one.not_rated), None)


def _here(made: _Made) -> _Made:
    """A moment in Vietnamese time."""
    return replace(made, at=made.at.astimezone(ZONE))


def _who(made: Decision | Endorsement | Ruling) -> Who:
    return Who(made.by, made.by_name, made.by_position, made.version, made.at, made.for_whom)
