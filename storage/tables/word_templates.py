"""Offices' own Word templates. Only ever added: what was sent under one is printed with it for ever."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class WordTemplateRow(Row, table=True):
    """A Word file, once, by the SHA-256 of what is in it; compressed."""

    __tablename__ = "word_template"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(sa_type=Words, unique=True)
    content: bytes = Field(sa_type=sa.LargeBinary)
    kept_at: dt.datetime = Field(sa_type=Moment)


class TemplateChoiceRow(Row, table=True):
    """From `at` on what an office sends of a form is printed with this template (None: with the generic one); the last row counts.
    `name`: what the file was called; `by` None: at the command line.
    """

    __tablename__ = "template_choice"

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id", index=True)
    form: str = Field(sa_type=Words)
    template_id: int | None = Field(default=None, foreign_key="word_template.id")
    name: str = Field(sa_type=Words)
    by: int | None = Field(default=None, foreign_key="person.id")
    at: dt.datetime = Field(sa_type=Moment)


class DocumentTemplateRow(Row, table=True):
    """The template that was in use when a document was sent; none of it: the generic one."""

    __tablename__ = "document_template"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", unique=True)
    template_id: int = Field(foreign_key="word_template.id")
