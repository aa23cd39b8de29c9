"""All comments on a draft sent round, as one table: who commented, on which section, what they said, and what became of
it.
"""

import datetime as dt
from collections.abc import Iterator

from rules.nouns.rounds import ENOUGH, WHOLE, Asked, Asks, Comment, Naming, Round, Talk
from rules.nouns.sheets import outcome, plainly
from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, Made, Shown, SummaryPage
from templates.documents.texts import one_line
from templates.documents.words import section


def round_page(talk: Talk, made: Made, on: dt.date) -> SummaryPage:
    """The table as a page. `on`: the day it is made."""
    words, fixed, sent = section("rounds"), section("heading.administrative"), talk.round
    return SummaryPage(
        Heading(one_line(made.above).upper(), one_line(made.office).upper(), fixed["first"], fixed["second"]),
        "",
        words["title"],
        (
            one_line(sent.title),
            words["sent"].format(
                by=one_line(sent.by_name), day=f"{sent.at:%d/%m/%Y}", last=f"{sent.last_day:%d/%m/%Y}"
            ),
        ),
        tuple(_heads(named=sent.named, settled=not sent.about_somebody)),
        tuple((*row[:-1], "") if sent.about_somebody else row for row in _rows(talk, on)),
        (),
        tuple(_below(talk, on)),
        tuple(_notes(talk, made)),
        day("", made.place),
        (words["made_by"], words["led_by"]),
        section("summaries")["by_hand"],
    )


def _heads(*, named: bool, settled: bool) -> Iterator[Head]:
    words = section("rounds")
    yield Head(words["number"], 11, "center")
    if named:
        yield Head(words["who"], 42, "left")
        yield Head(words["unit"], 40, "left")
        yield Head(words["section"], 44, "left")
    yield Head(words["said"], 90 if named else 130, "left")
    yield Head(words["became" if settled else "note"], 55 if named else 80, "left")


def _rows(talk: Talk, on: dt.date) -> Iterator[tuple[Shown, ...]]:
    """The rows: in a round with names one or more for everybody asked, in a round without names one for every voice."""
    if not talk.round.named:
        for number, voice in enumerate(talk.voices, start=1):
            comment = next((one for one in talk.comments if one.section == voice.place), None)
            yield number, one_line(voice.text) or section("rounds")["agrees"], _became(comment)
        return
    number = 0
    for asked in talk.asked:
        said = [one for one in talk.comments if one.person == asked.person]
        for first, (where, text, became) in enumerate(_of_one(talk, asked, said, on)):
            number += first == 0
            who = (
                (one_line(asked.name), one_line(f"{asked.position}, {asked.unit}".strip(", ")))
                if first == 0
                else ("", "")
            )
            yield number if first == 0 else "", *who, where, text, became


def _of_one(talk: Talk, asked: Asked, said: list[Comment], on: dt.date) -> Iterator[tuple[str, str, str]]:
    words, answer = section("rounds"), talk.answers.get(asked.person)
    if answer is None or not (answer.agrees or said):
        yield "", _silent(talk, asked, on), ""
        return
    if answer.agrees:
        yield "", words["agrees_rest"] if said else words["agrees"], ""
    for one in said:
        yield (*_where_and_what(talk.round, one), _became(one))


def _where_and_what(sent: Round, one: Comment) -> tuple[str, str]:
    """The section, and the comment; a rating is given in words."""
    words = section("rounds")
    if one.section == WHOLE:
        return words["remark" if sent.asking() else "whole"], one_line(one.text)
    piece = sent.pieces[one.section]
    said = section("ratings")[one.text] if piece.asks is Asks.RATING else one.text
    return one_line(piece.title), said.replace(".", ",") if piece.asks is Asks.POINTS else one_line(said)


def _silent(talk: Talk, asked: Asked, on: dt.date) -> str:
    words = section("rounds")
    if asked.agreed is False:
        return words["on_paper"]
    if asked.left:
        return words["left"]
    return words["not_yet"] if talk.round.open(on) else words["silent"]


def _became(one: Comment | None) -> str:
    words = section("rounds")
    if one is None:
        return ""
    if one.settled is None:
        return words["unsettled"]
    return words["taken"] if one.settled.taken else words["not_taken"].format(reason=one_line(one.settled.reason))


def _below(talk: Talk, on: dt.date) -> Iterator[str]:
    """The totals."""
    words = section("rounds")
    if talk.round.on_paper:
        yield _of_slips(talk)
        if not talk.voices:
            return
    else:
        yield words["asked"].format(asked=len(talk.asked), answered=talk.answered)
    if talk.hidden:
        yield words["waits" if talk.round.open(on) else "too_few"].format(enough=ENOUGH)
        return
    yield _totals(talk)
    missing = [one_line(one.name) for one in talk.missing] if talk.round.named else []
    if missing:
        yield words["missing"].format(names=", ".join(missing))


def _of_slips(talk: Talk) -> str:
    words, slips = section("rounds"), talk.slips
    if slips is None:
        return words["no_slips"].format(asked=len(talk.asked))
    return words["slips"].format(asked=len(talk.asked), returned=slips.returned, blank=slips.unread)


def _totals(talk: Talk) -> str:
    words, comments = section("rounds"), talk.comments
    if talk.round.asking():
        return " ".join(_came_to(talk))
    if talk.round.about_somebody:
        return words["totals_sheet"].format(comments=len(comments))
    taken = sum(bool(one.settled and one.settled.taken) for one in comments)
    refused = sum(bool(one.settled and not one.settled.taken) for one in comments)
    told = {"taken": taken, "refused": refused, "open": len(comments) - taken - refused}
    return words["totals"].format(agreeing=talk.agreeing, comments=len(comments), **told)


def _came_to(talk: Talk) -> Iterator[str]:
    """The mean of the points, and how many propose which rating."""
    words, found = section("rounds"), outcome(talk)
    if found.mean is not None:
        mean = plainly(found.mean).replace(".", ",")
        yield words["mean"].format(mean=mean, sheets=found.sheets)
    each = [f"{section('ratings')[one.value].lower()} {count}" for one, count in (found.ratings or {}).items()]
    if each:
        yield words["proposed"].format(each="; ".join(each))


def _notes(talk: Talk, made: Made) -> Iterator[str]:
    words, sent = section("rounds"), talk.round
    if sent.cite:
        yield section("summaries")["source"].format(cite=one_line(sent.cite))
    if sent.on_paper:
        yield words["on_slips"].format(enough=ENOUGH)
        if talk.slips:
            at = talk.slips.at.astimezone(made.at.tzinfo)
            told = {"by": one_line(talk.slips.by_name), "time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}
            yield words["entered"].format(**told)
    elif sent.naming is Naming.UNNAMED:
        yield words["unnamed_unverified" if sent.unverified else "unnamed"]
    elif sent.naming is Naming.CONSENT:
        yield words["consent"].format(enough=ENOUGH)
    if sent.file_name:
        told = {"name": one_line(sent.file_name), "kind": sent.file_kind, "size": str(sent.file_size)}
        yield words["hash_file"].format(hash=sent.sha256, **told)
    else:
        yield words["hash"].format(hash=sent.sha256)
    yield words["moment"].format(time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}")
