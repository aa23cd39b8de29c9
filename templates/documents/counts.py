"""The record of a counted ballot: eligible voters, ballots given out, returned and invalid, and the votes for each
option.
"""

from rules.meeting.minutes import Count
from templates.documents.blocks import Heading
from templates.documents.dossier import Particulars
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, Made, SummaryPage
from templates.documents.texts import one_line
from templates.documents.words import period_words, section


def count_page(count: Count, about: Particulars | Made, unit: str) -> SummaryPage:
    """The record as a page."""
    words, fixed, minutes = section("counts"), section("heading.administrative"), section("minutes")
    known = {**section("ratings"), "yes": minutes["yes"], "no": minutes["no"]}
    figures = {"entitled": count.entitled, "given": count.given, "counted": count.counted, "void": count.void}
    told = [
        one_line(count.title),
        one_line(unit),
        one_line(period_words(about.year, about.period)).capitalize(),
        minutes["secret" if count.secret else "open"].capitalize(),
    ]
    return SummaryPage(
        Heading(one_line(about.above).upper(), one_line(about.office).upper(), fixed["first"], fixed["second"]),
        "",
        words["title"].upper(),
        tuple(filter(None, told)),
        (
            Head(words["number"], 13, "center"),
            Head(words["line"], 110, "left"),
            Head(words["option"], 70, "left"),
            Head(words["votes"], 30, "center"),
        ),
        tuple(
            (number, one_line(line), known.get(option, one_line(option)), votes)
            for number, (line, option, votes) in enumerate(count.results, start=1)
        ),
        (),
        (words["figures"].format(**figures),),
        (words["ours"],),
        day("", about.place),
        (words["tellers"], words["chair"]),
        section("summaries")["by_hand"],
    )
