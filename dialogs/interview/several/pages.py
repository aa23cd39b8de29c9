"""The pages of a body's report where nothing is left to answer for whoever looks: a part that is written, a report that waits for its parts."""

from dialogs.core.keys import foot, key, rows
from dialogs.core.turn import Reply
from dialogs.interview.own_review import OwnReview
from dialogs.interview.question_page import News
from dialogs.interview.review_page import glance
from dialogs.interview.several.parts import part_values
from dialogs.shown.person import which_values
from rules.forms.parts import questions_in
from rules.nouns.reviews import Json, Part


def part_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """All of one's part is written: mark it as done, or look at it again."""
    report, person = sheet.review.report, sheet.state.person
    mine = report.parts_of(person.id) if report and person else ()
    waits = any(part.done_at is None for part in mine)
    values: dict[str, Json] = {
        **which_values(sheet.books, sheet.review),
        "news": list(lines),
        "drafter": report.drafter_name if report else "",
        "parts": [_part(sheet, part) for part in mine],
        "items": glance(sheet),
        "of_one": [part.place for part in mine] == [*dict.fromkeys(place.section.key for place in sheet.places)],
        "waits": waits,
    }
    done = key("report/part_done", sheet.review, "part_done") if waits else None
    last = sheet.places[-1] if sheet.places else None
    back = key("question/before", sheet.review, "go", last.key) if last else None
    return Reply("report/part", values, rows((done,), *foot(sheet.review, back)), replaces=replaces)


def waiting_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """The drafter's own questions are answered; the report waits for the parts of others."""
    waits = sheet.waits_for
    values: dict[str, Json] = {
        **which_values(sheet.books, sheet.review),
        "news": list(lines),
        "parts": [_part(sheet, part) for part in waits],
    }
    overview = key("report/overview", sheet.review, "report_show")
    return Reply("report/waiting", values, rows((overview,), *foot(sheet.review)), replaces=replaces)


def _part(sheet: OwnReview, part: Part) -> Json:
    names = questions_in(sheet.form, part.place)
    return part_values(sheet.form, sheet.review, part, [place for place in sheet.places if place.key in names])
