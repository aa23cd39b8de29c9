"""The list of bodies' reports and the page of one: its drafter, its parts with their writers, and who wrote what when."""

from collections.abc import Iterator

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.interview.several.parts import title_of
from dialogs.report.guard import TO_LIST, may_do, view_of
from dialogs.shown.person import form_of, rated_body, which_values
from rules.campaign.last_days import last_day
from rules.campaign.permissions import Action, fills
from rules.forms.answers import answered
from rules.forms.form import Section, item_number
from rules.forms.parts import questions_in
from rules.judging.interview import asked
from rules.nouns.reviews import Json, Part, Review

#: How many parts are on the page.
PARTS = 12


def show_list(books: Books, state: State, button: Button) -> Turn:
    """The reports of bodies that this person drafts, writes in, or may appoint the drafter of."""
    some = page([one for one in view_of(state).reports if may_do(state, one, Action.READ_PROGRESS)], number(button, 0))
    keys = ((Key("report/open", Button("report_show", one.id), line(books, state, one)),) for one in some.shown)
    values: dict[str, Json] = {**some.values(), "reports": [line(books, state, one) for one in some.shown]}
    return Turn(
        (Reply("report/all", values, rows(*keys, some.keys("report_list", room="report"))),), let_go(state, Room.REPORT)
    )


def line(books: Books, state: State, review: Review) -> dict[str, Json]:
    """A report in a list: its body, form, drafter and status."""
    report = review.report
    return {
        **which_values(books, review),
        "code": form_of(books, review).code,
        "body": rated_body(review.person),
        "drafter": report.drafter_name if report else "",
        "mine": report is not None and state.person is not None and report.drafter == state.person.id,
        "status": review.status.value,
        "given": len(report.parts) if report else 0,
        "done": sum(part.done_at is not None for part in report.parts) if report else 0,
    }


def show(books: Books, state: State, review: Review, _: Button) -> Turn:
    """The page of one report."""
    return Turn((overview(books, state, review),), let_go(state, Room.REPORT))


def overview(books: Books, state: State, review: Review, *, told: str = "", replaces: bool = False) -> Reply:
    """The page of a report: its drafter, its sections with who wrote in them, its parts. `told`: what was just done."""
    report, due = review.report, last_day(review)
    parts = report.parts if report else ()
    values: dict[str, Json] = {
        **line(books, state, review),
        "told": told,
        "due": due.isoformat() if due else "",
        "sections": list(_sections(books, review)),
        "parts": [part_line(books, review, one) for one in parts[:PARTS]],
        "more": max(0, len(parts) - PARTS),
    }
    own = state.person is not None and fills(state.person, review)
    gives = review.open and may_do(state, review, Action.GIVE_PART)
    names = review.open and may_do(state, review, Action.NAME_DRAFTER)
    back = (
        (Key("report/take_back", Button("report_back", review.id, (str(one.id),)), part_line(books, review, one)),)
        for one in parts[:PARTS]
        if gives
    )
    keyboard = rows(
        (Key("report/write", Button("next", review.id)) if own else None,),
        (Key("report/give", Button("report_give", review.id)) if gives else None,),
        *back,
        (Key("report/name", Button("report_name", review.id), {"there": bool(values["drafter"])}) if names else None,),
        (TO_LIST,),
    )
    return Reply("report/show", values, keyboard, replaces=replaces)


def part_line(books: Books, review: Review, part: Part) -> dict[str, Json]:
    """A part: what it is, its writer, its last day, and how much is answered."""
    form = form_of(books, review)
    names = questions_in(form, part.place)
    places = [one for one in asked(form, review.person, review.answers) if one.key in names]
    done = sum(answered(one.question, review.answers[one.key]) for one in places if one.key in review.answers)
    return {
        "title": title_of(form, part.place),
        "writer": part.writer_name,
        "due": part.due.isoformat() if part.due else "",
        "done_at": part.done_at.isoformat() if part.done_at else "",
        "answered": done,
        "total": len(places),
    }


def _sections(books: Books, review: Review) -> Iterator[Json]:
    """Each section: how much of it is answered, and who wrote in it, with the newest day of each."""
    form, report = form_of(books, review), review.report
    places = asked(form, review.person, review.answers)
    for section in form.sections:
        here = [one for one in places if one.section.key == section.key]
        if not here:
            continue
        done = sum(answered(one.question, review.answers[one.key]) for one in here if one.key in review.answers)
        wrote: dict[str, str] = {}
        for one in here:
            if report and (by := report.written.get(one.key)):
                wrote[by.name] = max(wrote.get(by.name, ""), by.at.isoformat())
        written: list[Json] = [{"name": name, "at": at} for name, at in wrote.items()]
        yield {"title": _title(section), "answered": done, "total": len(here), "written": written}


def _title(section: Section) -> str:
    item = section.items[0] if len(section.items) == 1 else None
    if not section.title and item:
        return f"{item_number(section, item)}. {item.title}" if item.number else item.title
    return f"{section.number}. {section.title}" if section.number else section.title
