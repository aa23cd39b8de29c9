"""The content of an opinion, shared by the Word file and the PDF. Its heading follows the party's papers (Hướng dẫn
36-HD/VPTW). No plan prescribes the form itself, so the paper states that the form is ours.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.texts import one_line, paragraphs
from templates.documents.words import period_words, section

#: Number of digits of the fingerprint that are printed.
_MARK = 16
#: Number of dotted lines under a question to be answered by hand.
_LINES = 8


@dataclass(frozen=True, slots=True)
class InquiryPart:
    """A question with its answer, given as `lines`, as `boxes` (label, whether it is ticked), or as the number of
    `dotted` lines to be filled in by hand.
    """

    label: str
    lines: tuple[str, ...] = ()
    boxes: tuple[tuple[str, bool], ...] = ()
    dotted: int = 0


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """The paper of an opinion."""

    heading: Heading
    date: str
    #: States that nobody signed it.
    mark: str
    title: str
    form: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[InquiryPart, ...]
    #: The words above the signature; "" when nobody signs.
    signs: str
    sign_note: str
    signer: str
    #: States how it arrived.
    note: str
    #: States that the text prescribes no form.
    ours: str


def inquiry_page(kept: Mapping[str, Any], note: str = "") -> InquiryPage:
    """The paper of a stored inquiry or answer. Without `by` it is blank, to be filled in by hand."""
    words, by = section("inquiry"), kept["by"]
    who = ", ".join(filter(None, (one_line(by["name"]), one_line(by["post"])))) if by else ""
    return InquiryPage(
        Heading("", (one_line(by["body"]) if by else words["dots"]).upper(), section("heading.party")["first"], ""),
        day("", ""),
        words["unsigned"] if by else "",
        one_line(kept["title"]).upper(),
        f"({one_line(kept['form'])})" if kept["form"] else "",
        (
            (words["name"], one_line(kept["about"]["name"])),
            (words["unit"], one_line(kept["about"]["unit"])),
            (words["period"], period_words(kept["year"], kept["period"])),
            (words["asked_by"], one_line(kept["office"])),
        ),
        tuple(_part(one, blank=not by) for one in kept["answers"]),
        words["signs"].format(asked=one_line(kept["asked"]).upper()),
        words["note"],
        who,
        note,
        words["ours"],
    )


def _part(one: Mapping[str, Any], *, blank: bool) -> InquiryPart:
    label = one_line(one["label"]) or section("inquiry")["opinion"]
    if one["options"]:
        return InquiryPart(label, boxes=tuple((one_line(option), option == one["text"]) for option in one["options"]))
    return InquiryPart(label, dotted=_LINES) if blank else InquiryPart(label, paragraphs(one["text"]))


def filled(number: int, at: dt.datetime, mark: str) -> str:
    """How a version of the answer arrived, in words."""
    told = {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}", "number": number, "mark": mark[:_MARK]}
    return section("inquiry")["filled"].format(**told)
