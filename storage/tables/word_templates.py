"""Tables of offices' own Word templates. Rows are only added: what was sent under a template is always printed with it."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class WordTemplateRow(Row, table=True):
    """A Word file, stored once under the SHA-256 of its content; compressed."""

    __tablename__ = "word_template"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(sa_type=Words, unique=True)
    content: bytes = Field(sa_type=sa.LargeBinary)
    kept_at: dt.datetime = Field(sa_type=Moment)


class TemplateChoiceRow(Row, table=True):
    """The choice of a template: from `at` on, documents of a form are printed with it (NULL: with the generic one); the
    last row is valid. `name` is the file name; `by` is NULL on the command line.
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
    """The template that was in use when a document was sent; without a row, the generic one."""

    __tablename__ = "document_template"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", unique=True)
    template_id: int = Field(foreign_key="word_template.id")
