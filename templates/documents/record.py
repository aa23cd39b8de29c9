"""Records about a review besides its documents, as PDF: petitions with their answers, and opinions of others."""

import datetime as dt
from collections.abc import Mapping, Sequence

from rules.nouns.people import Person
from rules.nouns.rulings import Opinion, Petition
from templates.documents.texts import one_line, paragraphs
from templates.documents.typeset import data, pdf_of
from templates.documents.words import section


def petitions_pdf(office: str, person: Person, petitions: Sequence[Petition], names: Mapping[int, str]) -> bytes:
    """The petitions about a rating, with their answers."""
    words, parts = section("record"), []
    for one in petitions:
        parts.append({"title": _at("petition", one.at, name=person.name), "lines": paragraphs(one.text)})
        if one.outcome and one.answered_at:
            title = _at("answer", one.answered_at, name=names.get(one.answered_by or 0, ""))
            lines = (words[f"outcome_{one.outcome.value}"], *paragraphs(one.answer))
            parts.append({"title": title, "lines": lines})
        else:
            parts.append({"title": words["unanswered"], "lines": ()})
    return _pdf(words["petitions"], office, person, parts)


def opinions_pdf(office: str, person: Person, opinions: Sequence[Opinion]) -> bytes:
    """The opinions that were given."""
    given = [one for one in opinions if one.given_at]
    parts = [
        {"title": _at("opinion", one.given_at, name=one.by_name, of=one.of), "lines": paragraphs(one.text)}
        for one in given
        if one.given_at
    ]
    return _pdf(section("record")["opinions"], office, person, parts)


def _at(word: str, moment: dt.datetime, *, name: str, of: str = "") -> str:
    told = {"name": one_line(name), "of": one_line(of), "time": f"{moment:%H:%M}", "day": f"{moment:%d/%m/%Y}"}
    return section("record")[word].format(**told)


def _pdf(title: str, office: str, person: Person, parts: Sequence[Mapping[str, object]]) -> bytes:
    about = section("record")["about"].format(
        name=one_line(person.name), position=one_line(person.position), unit=one_line(person.unit)
    )
    paper = {"title": title.upper(), "office": one_line(office).upper(), "about": about, "parts": [*parts]}
    return pdf_of("record.typ", {"paper": data(paper)})
