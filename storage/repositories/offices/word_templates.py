"""Offices' own Word templates: which form uses which, and under which one a document was sent."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from storage.columns import read
from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.tables import DOCUMENT, DOCUMENT_TEMPLATE, DRAFT, TEMPLATE_CHOICE, WORD_TEMPLATE


class Chosen(NamedTuple):
    """The template that an office uses for a form. `name` is its file name."""

    form: str
    sha256: str
    name: str
    at: dt.datetime


class TemplateContent(NamedTuple):
    """A template as it was handed in."""

    content: bytes


_LATER = TEMPLATE_CHOICE.alias("later")
_REPLACED = sa.exists().where(
    _LATER.c.office_id == TEMPLATE_CHOICE.c.office_id,
    _LATER.c.form == TEMPLATE_CHOICE.c.form,
    _LATER.c.id > TEMPLATE_CHOICE.c.id,
)
_CHOSEN = columns(Chosen, TEMPLATE_CHOICE, sha256=WORD_TEMPLATE.c.sha256)
_IN_USE = Prepared(
    _CHOSEN,
    sa.select(*_CHOSEN)
    .select_from(TEMPLATE_CHOICE.join(WORD_TEMPLATE, WORD_TEMPLATE.c.id == TEMPLATE_CHOICE.c.template_id))
    .where(TEMPLATE_CHOICE.c.office_id == sa.bindparam("office"), ~_REPLACED)
    .order_by(TEMPLATE_CHOICE.c.form),
)
_CURRENT = Prepared(
    int,
    sa.select(sa.func.coalesce(TEMPLATE_CHOICE.c.template_id, 0)).where(
        TEMPLATE_CHOICE.c.office_id == sa.bindparam("office"),
        TEMPLATE_CHOICE.c.form == sa.bindparam("form"),
        ~_REPLACED,
    ),
)
_ID = Prepared(int, sa.select(WORD_TEMPLATE.c.id).where(WORD_TEMPLATE.c.sha256 == sa.bindparam("sha256")))
_CONTENT = columns(TemplateContent, WORD_TEMPLATE, content=read(WORD_TEMPLATE.c.content, zlib.decompress))
_BY_SHA = Prepared(_CONTENT, sa.select(*_CONTENT).where(WORD_TEMPLATE.c.sha256 == sa.bindparam("sha256")))
_DOCUMENT_ID = Prepared(
    int,
    sa.select(DOCUMENT.c.id)
    .join(DRAFT, DRAFT.c.id == DOCUMENT.c.draft_id)
    .where(DRAFT.c.review_id == sa.bindparam("review"), DRAFT.c.version == sa.bindparam("version")),
)


class WordTemplates(Repository):
    """The Word templates. A template that was used is never changed or removed."""

    async def choose(self, office: int, form: str, content: bytes, name: str, by: int | None, at: dt.datetime) -> str:
        """Print the office's documents of this form with that template from now on; returns its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        kept = {"sha256": sha256, "content": zlib.compress(content, 9), "kept_at": at}
        template = await self._once(WORD_TEMPLATE, ("sha256",), kept)
        if template is None:
            template = await self._row(_ID, sha256=sha256)
        await self._add(TEMPLATE_CHOICE, office_id=office, form=form, template_id=template, name=name, by=by, at=at)
        return sha256

    async def let_go(self, office: int, form: str, by: int | None, at: dt.datetime) -> bool:
        """Print them with the generic template again; False when that is so already."""
        if not await self._row(_CURRENT, office=office, form=form):
            return False
        await self._add(TEMPLATE_CHOICE, office_id=office, form=form, template_id=None, name="", by=by, at=at)
        return True

    async def in_use(self, office: int) -> Sequence[Chosen]:
        """The office's templates in use, by form."""
        return await self._rows(_IN_USE, office=office)

    async def content(self, sha256: str) -> bytes | None:
        """A template as it was handed in."""
        found = await self._row(_BY_SHA, sha256=sha256)
        return found.content if found else None

    async def sent_under(self, office: int, form: str, review: int, version: int) -> None:
        """Record which template the office uses for a document that was just stored. An existing record is left
        unchanged.
        """
        template = await self._row(_CURRENT, office=office, form=form)
        if not template:
            return
        document = await self._row(_DOCUMENT_ID, review=review, version=version)
        if document is not None:
            kept = {"document_id": document, "template_id": template}
            await self._once(DOCUMENT_TEMPLATE, ("document_id",), kept)
