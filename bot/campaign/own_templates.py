"""An office's own Word templates: for which forms they can be used, samples, choosing one and giving it up."""

import datetime as dt
from collections.abc import Mapping

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.forms.form import Form
from rules.judging.filing import Filing
from rules.nouns.errors import NamedCaseError
from rules.nouns.people import Person
from rules.nouns.values import Subject
from storage.transaction import Transaction
from templates.documents import docx, paper
from templates.documents.words import section


async def forms_of(tx: Transaction, books: Books, office: str) -> Mapping[str, Form]:
    """The forms of the rulebooks used by the office's open campaigns, by id."""
    parts = await tx.campaigns.of_office(await office_id(tx, office), is_open=True)
    shown = [books[one.edition].forms for one in sorted(parts, key=lambda one: one.id) if usable(one, books)]
    return {id_: form for forms in shown for id_, form in forms.items()}


async def office_id(tx: Transaction, office: str) -> int:
    """The id of an existing office."""
    found = await tx.units.office(office)
    assert found is not None, "somebody belongs to it"
    return found


def sample_of(form: Form, office: str, year: int, template: bytes | None) -> bytes:
    """The form printed with this template for a fictitious person, unanswered and marked as a draft. Raises
    WordTemplateError.
    """
    told = section("sample")
    person = Person(0, told["name"], told["position"], 0, told["unit"], office, _subject(form))
    return docx(paper(Filing(form, person, year, {}, "")), template)


def _subject(form: Form) -> Subject:
    """A subject for the sample; it does not affect the layout."""
    return Subject.PARTY_MEMBER if form.heading == "party" else Subject.OFFICIAL


async def chosen(
    tx: Transaction, office: int, form: str, content: bytes, name: str, by: int | None, now: dt.datetime
) -> str:
    """Print documents of this form with that template from now on, and record it in the audit."""
    sha256 = await tx.templates.choose(office, form, content, name, by, now)
    await tx.audit.record(by or "system", "template chosen", now, detail={"form": form, "sha256": sha256, "name": name})
    return sha256


async def let_go(tx: Transaction, office: int, form: str, by: int | None, now: dt.datetime) -> bool:
    """Print documents of this form with the generic template again; False when that is so already."""
    gone = await tx.templates.let_go(office, form, by, now)
    if gone:
        await tx.audit.record(by or "system", "template let go", now, detail={"form": form})
    return gone


def meant(forms: Mapping[str, Form], called: str) -> Form:
    """The form of that id. Raises CaseError listing all."""
    if called in forms:
        return forms[called]
    listed = "\n".join(f"  {id_}: {form.code}, {form.title}" for id_, form in forms.items())
    raise NamedCaseError("form_named", form=called, known=listed) if forms else NamedCaseError("no_forms_yet")
