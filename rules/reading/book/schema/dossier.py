"""The border of `dossier:` and `dossier_sets:` in book.yaml."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.book.dossier import Kept, Of, Per
from rules.nouns.values import OwedBy
from rules.reading.border import Border, refuse
from rules.reading.conditions import TraitWhen
from rules.reading.parts import EVERYBODY, Cited, Id, Key, Text


class DossierPartFile(Border):
    """A paper of a dossier: `{title: …, forms: […]}`, `{title: …, table: KEY}`, `{title: …, kept: petitions}`, or
    `{key: minutes, title: …, from: outside, owed_by: head, per: unit}`.
    """

    title: Text
    key: Key | Literal[""] = ""
    forms: tuple[Id, ...] = ()
    table: Key | Literal[""] = ""
    kept: Kept | None = None
    from_: Literal["outside"] | None = Field(None, alias="from")
    owed_by: OwedBy | None = None
    per: Per | None = None
    when: TraitWhen = EVERYBODY
    of_office: bool = False
    if_any: bool = False
    only_for: str = ""
    by: Key | Literal[""] = ""
    meeting: bool = False
    round: Key | Literal[""] = ""
    points: bool = False
    own_tables: tuple[Key, ...] = ()
    cell: bool = False
    ballots: tuple[Key, ...] = ()

    @property
    def sources(self) -> int:
        """The number of sources that are named for the paper; exactly one is right."""
        # Beside `kept`, `forms` is no source: it only limits the acts to those on reviews with these forms.
        of_forms = bool(self.forms) and self.kept is None
        return sum((of_forms, bool(self.table), self.kept is not None, self.from_ is not None))

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if getattr(self, "of", ()):
            if self.sources:
                raise refuse("dossier_of")
            return self
        if self.sources != 1:
            raise refuse("dossier_source")
        if self.from_ and not (self.key and self.owed_by and self.per):
            raise refuse("dossier_outside")
        if not self.from_ and (self.owed_by or self.per or self.own_tables or self.cell or self.ballots):
            raise refuse("dossier_inside")
        if self.meeting and self.per is not Per.UNIT:
            raise refuse("dossier_meeting")
        if self.owed_by is OwedBy.PERSON and self.per is not Per.PERSON:
            raise refuse("dossier_person")
        return self


class DossierItemFile(DossierPartFile, Cited):
    """A line of a dossier. If it names several papers, they are listed under `of`."""

    of: Annotated[tuple[DossierPartFile, ...], Field(min_length=2)] | tuple[()] = ()


class DossierSetsFile(Cited):
    """The number of copies of a dossier: `{of: person, copies: 2, cite: …}`, with `positions: [Phó Chủ tịch …]` if it
    applies to some posts only.
    """

    of: Of
    copies: Annotated[int, Field(ge=1, le=9)]
    positions: tuple[Text, ...] = ()
