"""Sheets about somebody: who is asked according to the text, the questions, and the material shown to them, as
everything reads now.
"""

import datetime as dt
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.campaign.usable import usable
from bot.documents.content import read
from bot.documents.sheets import Papers
from dialogs.core.handlers import Books
from dialogs.core.knowledge.rounds import DraftToSend, SheetsToSend
from rules.book.rounds import Drafted, Reaches, RoundRule
from rules.book.rulebook import Rulebook
from rules.campaign.rounds import reached
from rules.campaign.tree import tree_of
from rules.forms.form import Form, Question, QuestionKind
from rules.nouns.conditions import holds
from rules.nouns.people import Person, traits
from rules.nouns.reviews import OWED, Campaign, Review
from rules.nouns.rounds import Asks, Piece, Round, Talk
from rules.nouns.sheets import SheetPaper, outcome
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Verdict
from storage.transaction import Transaction
from templates.documents import composed
from templates.documents.sheets.kept import sheet_of
from templates.documents.sheets.pieces import pieces_of
from templates.wording import label


@dataclass(slots=True)
class Sheets:
    """The sheets that this person of the desk may send in a part of a campaign. Data shared by many sheets is read
    once.
    """

    tx: Transaction
    books: Books
    person: Person
    now: dt.datetime
    _lines: dict[tuple[int, str], Sequence[ReviewLine]] = field(default_factory=dict)
    _rounds: Sequence[Round] | None = None

    async def of(self, part: Campaign, lines: Sequence[ReviewLine]) -> AsyncIterator[DraftToSend]:
        """A sheet for each rule and each person the rule is about; nobody sends a sheet about themself."""
        rules = [one for one in self.books[part.edition].rounds if one.draft is Drafted.SHEET]
        if not rules:
            return
        office = await self.tx.units.office_of(self.person.id)
        people = [*await self.tx.people.of_office(office)]
        tree = tree_of(await self.tx.units.seats(office), people, await self.tx.units.bodies(office))
        speakers = {one.key: await self._speakers(office, one) for one in rules if one.bodies}
        for line in {one.person.id: one for one in reversed(lines)}.values():
            if line.decided or line.person.id == self.person.id:
                continue
            for rule in rules:
                if holds(rule.when, traits(line.person)) is Verdict.MET:
                    to = reached(rule.to, tree, line.person, people)
                    yield replace(_sheet(part, line, rule, self.person, to), speakers=speakers.get(rule.key, {}))

    async def rest(self, part: Campaign, lines: Sequence[ReviewLine]) -> AsyncIterator[SheetsToSend]:
        """The same grouped by rule, only for people who have none yet."""
        drafts = [one async for one in self.of(part, lines)]
        had = {one.token for one in await self._of_office()}
        rules = self.books[part.edition].rounds
        mine = next((one.person for one in lines if one.person.id == self.person.id and not one.decided), None)
        for place, rule in enumerate(rules):
            about = [one for one in drafts if one.rule is rule]
            own = mine is not None and rule.draft is Drafted.SHEET and holds(rule.when, traits(mine)) is Verdict.MET
            if about or own:
                left = tuple(one for one in about if one.token not in had)
                shows = tuple(one.title for one in rules if one.key in rule.shows)
                yield SheetsToSend(f"{part.id}.{place}", rule, left, len(about) - len(left), own, shows)

    async def _of_office(self) -> Sequence[Round]:
        if self._rounds is None:
            self._rounds = await self.tx.rounds.of_office(await self.tx.units.office_of(self.person.id))
        return self._rounds

    async def _of_campaign(self, part: Campaign) -> Sequence[ReviewLine]:
        key = (part.id, part.rulebook)
        if key not in self._lines:
            self._lines[key] = await self.tx.standings.of_campaign(part.id, self.now.date(), part.rulebook)
        return self._lines[key]

    async def _speakers(self, office: int, rule: RoundRule) -> dict[int, int]:
        """Body → its speaker in the last round by that rule."""
        before = [one for one in await self.tx.rounds.of_office(office) if one.key == rule.key]
        talks = await self.tx.rounds.talks(before[-1:])
        asked = [one for talk in talks for one in talk.asked if one.body in rule.bodies and not one.left]
        return {one.person: rule.bodies.index(one.body) for one in asked}

    async def pieces(self, draft: DraftToSend, review: Review) -> tuple[Piece, ...]:
        """The text: whom it is about, the questions of the form, then the material."""
        rule = draft.rule
        assert rule is not None, "a sheet is asked for by the text"
        form, who = self.books[review.campaign.edition].forms[rule.form], review.person
        whom = f"{who.name} – {who.position}, {who.unit}"
        asking = tuple(_asking(form))
        if not any(one.asks is not Asks.WORDS for one in asking):
            asked = [question.text for question in form.questions.values()]
            return (
                Piece(form.title.capitalize(), "\n".join([whom, *asked])),
                *await self._material(draft, rule, review),
            )
        return (Piece(form.title.capitalize(), whom), *asking, *await self._material(draft, rule, review))

    async def _material(self, draft: DraftToSend, rule: RoundRule, review: Review) -> tuple[Piece, ...]:
        """The material that the rule shows to those asked: what the person handed in, and the outcome of earlier
        rounds.
        """
        if not rule.shows:
            return ()
        found = list[Piece]()
        for line in await self._of_campaign(review.campaign):
            theirs = line.person.id == review.person.id and line.form in {review.form, rule.form}
            if theirs and line.status not in OWED:
                found += await self._sent(line)
        for key in rule.shows:
            talk = await self._ended(draft, key)
            if talk is not None:
                papers = await self.tx.sheets.papers([talk.round.id])
                found.append(_came_to(talk, self.books[review.campaign.edition].rounds, papers))
        return tuple(found)

    async def _sent(self, line: ReviewLine) -> tuple[Piece, ...]:
        """What they handed in, as sent."""
        sent = await self.tx.reviews.get(line.review)
        version = sent.draft.version if sent and sent.draft else 0
        document = await self.tx.documents.of_version(line.review, version) if version else None
        if document is None:
            return ()
        return pieces_of(composed(sheet_of(read(document.content)["sheet"]), document.fingerprint, ()))

    async def _ended(self, draft: DraftToSend, key: str) -> Talk | None:
        """The newest finished round by that rule about the same person that has something to show."""
        rounds = [
            one
            for one in await self._of_office()
            if (one.key, one.person, one.campaign) == (key, draft.person, draft.campaign) and one.ended
        ]
        talks = [one for one in await self.tx.rounds.talks(rounds) if one.answers or one.voices]
        return talks[-1] if talks else None


async def rule_of(tx: Transaction, books: Books, sent: Round) -> RoundRule | None:
    """The rule that a round is based on, from its campaign's rulebook; None when there is none or the rulebook cannot
    be loaded.
    """
    review = await tx.reviews.get(sent.review) if sent.review and sent.key else None
    if review is None or not usable(review.campaign, books):
        return None
    return next((one for one in books[review.campaign.edition].rounds if one.key == sent.key), None)


def scored(book: Rulebook) -> tuple[RoundRule, ...]:
    """The sheets of a rulebook that ask for points, in order."""
    sheets = (one for one in book.rounds if one.draft is Drafted.SHEET)
    return tuple(one for one in sheets if any(piece.asks is Asks.POINTS for piece in _asking(book.forms[one.form])))


async def papers_of(tx: Transaction, books: Books, sent: Round, now: dt.datetime, address: str = "") -> Papers | None:
    """The keeper of a sheet's papers; None when the round has no rule. `address`: the prefix of the codes on them."""
    rule = await rule_of(tx, books, sent)
    review = await tx.reviews.get(sent.review) if sent.review else None
    return Papers(tx, books, sent, rule, review, now, address) if rule and review and sent.about_somebody else None


def token_of(rule: RoundRule, review: int) -> str:
    """The token in buttons and stored rounds. Sheets for subordinates keep the token from when there were no others."""
    return f"s{review}" if rule.to is Reaches.BELOW else f"s{review}.{rule.key}"


def _sheet(part: Campaign, line: ReviewLine, rule: RoundRule, desk: Person, to: tuple[int, ...]) -> DraftToSend:
    # What the level above and other bodies say is not for the head of the unit, because it does not belong to the unit.
    of_unit = rule.to not in {Reaches.SUPERIOR, Reaches.BODIES}
    return DraftToSend(
        token_of(rule, line.review),
        label("round/sheet_title", {"name": line.person.name, "what": rule.title}, "vi"),
        desk.id,
        rule,
        part.id,
        part.rulebook,
        line.review,
        person=line.person.id,
        unit=line.person.unit_id if of_unit else None,
        about=line.person.name,
        reached=to,
    )


def _asking(form: Form) -> Iterator[Piece]:
    """What others fill in on a form, in order."""
    for question in form.questions.values():
        if question.required:
            yield _piece(question)


def _piece(question: Question) -> Piece:
    title = question.printed_as or question.text
    if question.kind is QuestionKind.NUMBER:
        least, most = question.minimum or 0, 100 if question.maximum is None else question.maximum
        text = label("round/points_from", {"least": least, "most": most}, "vi")
        return Piece(title, text, asks=Asks.POINTS, least=least, most=most)
    if question.kind is QuestionKind.RATING or {one.value for one in question.options} == set(Rating):
        return Piece(title, "", asks=Asks.RATING)
    return Piece(title, question.text, asks=Asks.WORDS)


def _came_to(talk: Talk, rules: Sequence[RoundRule], papers: Sequence[SheetPaper]) -> Piece:
    """The outcome of a round, shown to those asked later: unsigned texts in sorted order, and the mean of points."""
    rule = next((one for one in rules if one.key == talk.round.key), None)
    title = rule.title if rule else talk.round.title
    if not talk.round.asking():
        return Piece(title, "\n".join(f"– {one.text}" for one in talk.comments))
    found = outcome(talk)
    values: dict[str, object] = {
        "mean": float(found.mean) if found.mean is not None else None,
        "sheets": found.sheets,
        "ratings": {one.value: count for one, count in (found.ratings or {}).items()},
    }
    together = next((one for one in papers if one.person is None), None)
    rating = together.rating.value if together and together.rating else ""
    values |= {"agreed": together.text if together else "", "agreed_rating": rating}
    return Piece(title, label("round/came_to", values, "vi"))
