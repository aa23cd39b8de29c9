"""From a filled form to its sheet: the official form in its order, with the answers in their places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rules.forms.form import FilledBy, Form, Item, PersonLine, Question, QuestionKind, Section
from rules.judging.filing import Filing, comment_places, comments
from rules.judging.interview import rating_questions
from rules.nouns.values import Subject
from templates.documents.blocks import (
    Blank,
    Block,
    Heading,
    Paper,
    Paragraph,
    Run,
    Sheet,
    SignatureSlot,
    SignatureSlots,
    Slot,
)
from templates.documents.sheets.answering import BLANK, answered, body, said_of
from templates.documents.sheets.applying import asked_under
from templates.documents.sheets.composing import composed
from templates.documents.sheets.deciding import ruled, signed_below
from templates.documents.sheets.rating import empty_boxes
from templates.documents.sheets.rows import months_table, points_table, worked_out
from templates.documents.sheets.signing import commented, day, signature
from templates.documents.sheets.values import date
from templates.documents.texts import bare, bracketed, one_line
from templates.documents.words import period_words, word
from templates.documents.words import section as section_of

#: The layout of everything sent from now on. A change of the layout gets the next number; form.typ and form.docx must
#: still support the earlier ones.
LAYOUT = 3

Asked = Mapping[str, Sequence[Question]]
Drawn = Block | Slot | SignatureSlot | SignatureSlots


def paper(filing: Filing) -> Paper:
    """The complete paper of a filing, including acts. It depends on the filing alone."""
    sheet = drawn(filing)
    entries = [commented(one, filing.place) for one in comments(filing)]
    if filing.ruling:
        entries.append(ruled(sheet, filing.ruling))
    return composed(sheet, filing.fingerprint, entries)


def drawn(filing: Filing) -> Sheet:
    """The sheet of a filing: everything by the person, with slots for what others write."""
    form = filing.form
    asked = asked_under(filing)
    return Sheet(
        paper=Paper(
            style=form.heading,
            code=form.code,
            heading=_heading(filing),
            title=form.title,
            year=_year(filing),
            persons=tuple((bare(line.label), _about(filing, line)) for line in form.person_lines if not line.as_year),
            blocks=(),
            footer=(_footer(filing), ""),
            draft="" if filing.version else word("draft"),
            date=day(filing.submitted_on, filing.place),
            notes=tuple(one_line(section.note) for section in _noted(form)),
            year_note=next((one_line(line.note) for line in form.person_lines if line.as_year), ""),
            layout=LAYOUT,
            address=filing.address,
        ),
        blocks=(
            *_opening(filing),
            *(block for section in form.sections if section.printed for block in _section(section, asked, filing)),
            *_signed_at_the_end(filing),
            *_sent_from(filing),
        ),
        places=comment_places(filing),
        place=filing.place,
        mark=section_of("words")["footer_mark"],
    )


def _year(filing: Filing) -> str:
    """The line under the title: the year, or the period as the form words it."""
    line = next((line for line in filing.form.person_lines if line.as_year), None)
    if line is None:
        if filing.period == "year":
            return word("year", year=filing.year)
        words = period_words(filing.year, filing.period)
        return words[:1].upper() + words[1:]
    return bracketed(f"{bare(line.label)}: {_about(filing, line) or word('open')}")


def _heading(filing: Filing) -> Heading:
    fixed = section_of(f"heading.{filing.form.heading}")
    person = filing.person
    if filing.form.heading == "party":
        return Heading(_party_above(filing), _body_of_party(filing), fixed["first"], fixed["second"])
    return Heading(
        superior=one_line(person.office_parent).upper(),
        office=one_line(person.office).upper(),
        first=fixed["first"],
        second=fixed["second"],
    )


def _body_of_party(filing: Filing) -> str:
    """The party body under the committee: the cell that the member named, otherwise that of the roster; or the cell
    being reviewed, or the cell in which a collective works.
    """
    line = next((one for one in filing.form.person_lines if one.question == "cell"), None)
    if line is None:
        of_cell = filing.person.subject is Subject.PARTY_CELL
        return one_line(filing.person.name if of_cell else filing.person.unit).upper()
    named = _about(filing, line) or one_line(filing.person.service.party_cell)
    name = named.upper().removeprefix("CHI BỘ").strip()
    return word("cell", name=name) if name else word("cell_open")


def _party_above(filing: Filing) -> str:
    """The superior party organisation: that of the committee above (the committee of Đảng bộ A is called Đảng ủy A)."""
    name = one_line(filing.party_above).upper()
    for called in section_of("party_bodies").values():
        name = name.removeprefix(called).strip()
    return word("party_body_named", name=name) if name else word("party_body")


def _about(filing: Filing, line: PersonLine) -> str:
    """The text of a line under the title: from the roster, or from the person's answers."""
    if line.question:
        answer = filing.answers.get(line.question)
        if answer is None or answer.skipped:
            return ""
        is_date = filing.form.questions[line.question].kind is QuestionKind.DATE
        return date(answer.value) if is_date else one_line(str(answer.value))
    person = filing.person
    about = {"name": person.name, "position": person.position, "unit": person.unit}
    about["period"] = period_words(filing.year, filing.period)
    return one_line(about[line.source])


def _opening(filing: Filing) -> Iterator[Block]:
    if filing.form.opening:
        yield Paragraph("body", (Run(one_line(filing.form.opening.replace("{name}", filing.person.name))),))


def _noted(form: Form) -> tuple[Section, ...]:
    """The sections whose notes are printed as footnotes."""
    return tuple(section for section in form.sections if section.printed and section.note) if form.annexed else ()


def _section(section: Section, asked: Asked, filing: Filing) -> list[Drawn]:
    blocks: list[Drawn] = [_title(section, filing.form)]
    if section.note and not filing.form.annexed:
        blocks.append(Paragraph("note", (Run(bracketed(section.note), italic=True),)))
    for items in _together(section.items):
        if items[0].layout == "months":
            blocks.append(months_table(asked.get(items[0].key, ()), items[1:], filing))
        elif items[0].layout == "points":
            blocks.append(points_table([(item, asked.get(item.key, ())) for item in items], filing))
        elif filing.form.annexed and section.filled_by is FilledBy.PERSON and items[0].layout != "boxes":
            blocks.extend(_line(items[0], asked.get(items[0].key, ()), filing))
        else:
            blocks.extend(_item(section, items[0], asked.get(items[0].key, ()), filing))
    if not section.items:
        blocks.append(Slot(section.key, empty=(BLANK,) if filing.form.annexed else (BLANK, BLANK)))
    if section.signature and not filing.form.annexed:
        blocks.append(signature(section, filing))
    return blocks


def _title(section: Section, form: Form) -> Paragraph:
    """The title of a section. On an annexed form, a part filled in by others that is printed as a mere item (“6. Ý kiến
    nhận xét …”) looks like one.
    """
    title = f"{section.number}. {section.title}" if section.number else section.title
    if form.annexed and section.number.isdecimal():
        return Paragraph("item", (Run(f"{title}:"),))
    noted = _noted(form)
    return Paragraph("section", (Run(title, bold=True, note=noted.index(section) + 1 if section in noted else 0),))


def _line(item: Item, asked: Sequence[Question], filing: Filing) -> list[Drawn]:
    """An item of an annexed form: its text continues on the line of the title, which is dotted when nothing was said."""
    number, hint = f"{item.number}.\u00a0" if item.number else "", f" {bracketed(item.hint)}" if item.hint else ""
    title = Run(f"{number}{bare(item.title)}{hint}:")
    if item.shows:
        value = worked_out(item, filing)
        return [Paragraph("item", (title, *value), dotted=not value)]
    said = [line for one in asked for line in said_of(one, filing)]
    if said:
        return [Paragraph("body", (title, Run(f" {said[0]}"))), *(body(more) for more in said[1:])]
    written = any(one.kind is QuestionKind.TEXT for one in item.questions)
    return [Paragraph("item", (title,), dotted=True), *([Blank(tuple(range(1, item.lines + 1)))] if written else [])]


def _signed_at_the_end(filing: Filing) -> Iterator[Drawn]:
    """On an annexed form the two signatures at the end are side by side."""
    if filing.form.annexed:
        places = [signature(section, filing) for section in filing.form.sections if section.signature]
        if len(places) == len(("person", "authority")):
            yield SignatureSlots((places[0], places[1]))
        else:
            yield from places


def _sent_from(filing: Filing) -> Iterator[Block]:
    """A note that it was sent from a device whose code was issued by somebody else."""
    given = filing.device
    if given:
        post = f" ({one_line(given.position)})" if given.position else ""
        who = f"{one_line(given.name)}{post}" if given.name else word("code_of_office")
        said = "sent_by_first_code" if given.first else "sent_from_new_device"
        yield Paragraph("mark", (Run(word(said, who=who), italic=True),))


def _together(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The items in groups: those laid out as rows of one table are together with the total after them, all others are
    alone.
    """
    table: tuple[Item, ...] = ()
    for item in items:
        if item.layout in {"points", "months"} or (table and item.shows):
            table = (*table, item)
            continue
        if table:
            yield table
            table = ()
        yield (item,)
    if table:
        yield table


def _item(section: Section, item: Item, asked: Sequence[Question], filing: Filing) -> list[Drawn]:
    """The title and the answers of an item. An item for others says so; one to be filled in by hand is dotted."""
    boxes = item.layout == "boxes" or filing.form.heading == "party"
    untitled = not item.number and item.title == section.title
    if asked and untitled:
        return list(answered(asked, filing, boxes=boxes))
    title = (Run(f"{_mark(section, item)}{bare(item.title)}", bold=True),)
    hint = (Run(f" {bracketed(item.hint)}", italic=True),) if item.hint and not item.hint_below else ()
    colon = Run(":", bold=not hint)
    if item.shows and (number := worked_out(item, filing)):
        return [Paragraph("item", (*title, *hint, colon, *number)), *(answered(asked, filing) if asked else ())]
    if asked:
        return [Paragraph("item", (*title, *hint, colon)), *answered(asked, filing, boxes=boxes)]
    if item.questions:
        return [Paragraph("body", (*title, *hint, colon, Run(f" {word('not_applicable')}")))]
    heading = () if untitled or item.untitled else (Paragraph("item", (*title, *hint, colon)),)
    return [*heading, _of_others(section, item, filing, boxes=boxes)]


def _of_others(section: Section, item: Item, filing: Filing, *, boxes: bool) -> Slot:
    """The slot for what the chain and the authority say, dotted until they do. A list of ticked ratings needs no
    further hint.
    """
    below: tuple[Block, ...] = ()
    if item.layout == "boxes":
        below = empty_boxes()
    elif item.hint_below:
        below = (Paragraph("hint", (Run(one_line(item.hint), italic=True),)),)
    ratings = rating_questions(filing.form) if item.takes == "rating" else ()
    return Slot(
        section.key,
        item.key,
        empty=() if item.layout == "boxes" or not item.lines else (replace(BLANK, keep=bool(below)),),
        below=below,
        takes=item.takes,
        rating=item.rating or (ratings[-1].key if ratings else ""),
        boxes=boxes,
        signed_below=signed_below(filing.form, section),
    )


def _mark(section: Section, item: Item) -> str:
    """The mark before the title of an item: its number, or a dash where several items have none."""
    if item.number:
        return f"{item.number}.\u00a0"
    return "-\u00a0" if len(section.items) > 1 else ""


def _footer(filing: Filing) -> str:
    form = filing.form
    name = "footer" if filing.version else "footer_draft"
    return word(name, code=form.code, instrument=form.instrument, version=form.version, number=filing.version)
