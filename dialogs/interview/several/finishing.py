"""A part of a body's report is done: its writer says so, and the drafter hears of it."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.reports import FinishPart
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key
from dialogs.core.turn import Command, Notify, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, told
from dialogs.interview.question_page import news
from dialogs.interview.several.pages import part_page
from dialogs.interview.several.parts import title_of
from dialogs.shown.person import which_values
from rules.campaign.permissions import Action
from rules.forms.parts import questions_in
from rules.nouns.reviews import Json


def done(sheet: OwnReview, _: Button) -> Turn:
    """Mark as done all open parts of this person whose questions are answered."""
    report, person = sheet.review.report, sheet.state.person
    if report is None or person is None or not sheet.writes_part:
        return told(sheet, news("unknown"))
    mine = [part for part in report.parts_of(person.id) if part.done_at is None]
    ready = [part for part in mine if not questions_in(sheet.form, part.place) & sheet.unsettled]
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    if not ready:
        left = len(sheet.unsettled)
        return told(sheet, news("not_complete", count=left) if left else news("part_done_already"))
    titles: list[Json] = [title_of(sheet.form, part.place) for part in ready]
    values: dict[str, Json] = {**which_values(sheet.books, sheet.review), "by": person.name, "parts": titles}
    keys = ((key("report/overview", sheet.review, "report_show"),),)
    drafter = report.drafter
    name = ".".join(str(part.id) for part in ready)
    tell = (Notify(drafter, f"part_done:{name}", Reply("notice/part_done", values, keys)),) if drafter else ()
    commands: tuple[Command, ...] = (*(FinishPart(sheet.review.id, part.id) for part in ready), *tell)
    finished = {part.id for part in ready}
    parts = tuple(replace(one, done_at=sheet.state.now) if one.id in finished else one for one in report.parts)
    review = replace(sheet.review, report=replace(report, parts=parts))
    after = OwnReview.of(sheet.books, replace(sheet.state, own=review))
    return Turn((part_page(after, news("part_done")),), commands)


VERBS: dict[str, OnPress] = {"part_done": looking(done, Action.ANSWER)}
