"""The papers of sheets about somebody, as they are to be signed: one for each person who filled it, and one for all
together.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.clock import ZONE
from bot.documents.content import canonical, local, particulars, read
from bot.documents.file_names import safe
from bot.documents.keeping import Keeper, filing_of
from bot.documents.printing import Printable
from dialogs.core.handlers import Books
from rules.book.rounds import Reaches, RoundRule
from rules.forms.form import Form, QuestionKind
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Json, Review
from rules.nouns.rounds import Asks, Round
from rules.nouns.sheets import SheetPaper
from rules.nouns.values import Rating
from storage.transaction import Transaction
from templates.documents import composed, drawn
from templates.documents.blocks import Paragraph, Run, Sheet, SignatureBlock, SignatureSlot, SignatureSlots
from templates.documents.sheets.kept import sheet_json, sheet_of
from templates.documents.sheets.signing import day
from templates.documents.words import section


@dataclass(frozen=True, slots=True)
class Papers:
    """Stores the papers of one round about the person of a review, in an open transaction. `address`: the prefix of the
    codes on them.
    """

    tx: Transaction
    books: Books
    round: Round
    rule: RoundRule
    review: Review
    now: dt.datetime
    address: str = ""

    async def of_one(self, who: Person, body: str, comments: Mapping[int, str]) -> None:
        """What somebody filled in, to be signed by them."""
        form = self._form(self.rule.form)
        required = [question.key for question in form.questions.values() if question.required]
        asked = self.round.asking()
        answers = {
            key: _value(self.round.pieces[place].asks, comments[place])
            for key, place in zip(required, asked, strict=False)
        }
        by_points = bool(self.round.asking(Asks.POINTS))
        signs = "gave_points" if by_points else "gave_opinion"
        rating = next((comments[place] for place in self.round.asking(Asks.RATING)), "")
        await self._keep(form, answers, (section("rounds")[signs], who.name, body), who, "", rating, person=who.id)

    async def of_all(self, text: str, rating: Rating, who: Person) -> None:
        """The joint proposal, to be signed for all. It names nobody until they sign."""
        form = self._form(self.rule.then)
        answers = dict[str, Json]()
        for question in form.questions.values():
            words = question.kind is QuestionKind.TEXT
            if words and text not in answers.values():
                answers[question.key] = text
            elif not words and {one.value for one in question.options} == set(Rating):
                answers[question.key] = rating.value
        signs = section("rounds")["for_superior" if self.rule.to is Reaches.SUPERIOR else "for_peers"]
        await self._keep(form, answers, (signs, "", ""), who, text, rating, person=None)

    def _form(self, form: str) -> Form:
        return self.books[self.review.campaign.edition].forms[form]

    async def _keep(
        self,
        form: Form,
        answers: Mapping[str, Json],
        signed: tuple[str, str, str],
        who: Person,
        text: str,
        rating: str,
        *,
        person: int | None,
    ) -> None:
        book, about = self.books[self.review.campaign.edition], replace(self.review, form=form.id)
        keeper = Keeper(self.tx, self.books, self.now)
        where = await keeper.where(about)
        filing = filing_of(book, about, {key: Answer(one) for key, one in answers.items()}, where)
        on = self.now.astimezone(ZONE).date().isoformat()
        sent = replace(filing, version=1, submitted_on=on, address=self.address)
        sheet = _signed(drawn(sent), form, filing.place, on, signed)
        value: dict[str, Json] = {
            "schema": 1,
            "round": self.round.id,
            "review": self.review.id,
            "form": {"id": form.id, "code": form.code, "instrument": form.instrument, "version": form.version},
            "about": particulars(self.review.person, await self.tx.people.key_of(self.review.person.id)),
            "by": particulars(who, await self.tx.people.key_of(who.id)),
            "at": local(self.now),
            "body": signed[2],
            "answers": dict(answers),
            "sheet": sheet_json(sheet),
        }
        kept = Rating(rating) if rating else None
        content = canonical(value)
        by = (who.id, who.name, self.now)
        await self.tx.sheets.keep(SheetPaper(0, self.round.id, person, form.id, text, kept, "", content, *by))


def _value(asks: Asks, said: str) -> Json:
    if asks is not Asks.POINTS:
        return said
    number = float(said)
    return int(number) if number.is_integer() else number


def _signed(sheet: Sheet, form: Form, place: str, on: str, signed: tuple[str, str, str]) -> Sheet:
    """The sheet with a single place of signature: that of who filled it, instead of the person it is about."""
    title, name, body = signed
    date = "" if form.heading == "party" else day(on, place)
    block = SignatureBlock(date, title, section("rounds")["sign_here"], name, (body,) if body else ())
    kept = tuple(one for one in sheet.blocks if not isinstance(one, SignatureBlock | SignatureSlot | SignatureSlots))
    words = section("rounds")
    # If the text of the form was not available, the paper says so, and the office signs its own form instead.
    ours = (Paragraph("hint", (Run(words["own_form"], italic=True),)),) if form.unverified else ()
    footer = words["sheet_footer"].format(code=form.code, instrument=form.instrument)
    return replace(sheet, paper=replace(sheet.paper, footer=(footer, "")), blocks=(*kept, *ours, block))


def printable(paper: SheetPaper) -> Printable:
    """A stored paper ready to be printed, with the names of its files. Papers from before they had a code are printed
    without one.
    """
    kept = read(paper.content)
    about, form, by = kept["about"], kept["form"], kept["by"]
    stem = f"{about['key']} {about['name']} – {form['code']}"
    named = safe(stem if paper.person is None else f"{stem} – {by['name']}")
    sheet = sheet_of(kept["sheet"])
    return Printable(composed(sheet, paper.fingerprint if sheet.mark else "", ()), named)
