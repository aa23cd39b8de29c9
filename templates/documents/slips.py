"""Invitation slips, eight on a sheet, to be cut and handed out unit by unit."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from templates.documents.scanning import drawing
from templates.documents.texts import one_line
from templates.documents.typeset import data, pdf_of
from templates.documents.words import section

#: Slips on an A4 sheet: two columns of four, as drawn by `slips.typ`.
ON_A_SHEET = 8
#: The channels whose links are drawn with words of their own.
CHANNELS = ("telegram", "web")
#: Number of characters of a code in one group.
GROUP = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of one person. `until` is printed as given. `links`: channel → link; channels without words for slips
    are left out.
    """

    name: str
    position: str
    unit: str
    code: str
    until: dt.datetime
    links: Mapping[str, str] = field(default_factory=dict)
    opens: dt.datetime | None = None  # from when a waiting code is valid, if it was given anew


@dataclass(frozen=True, slots=True)
class Handing:
    """What all slips have in common: the office, the contact, and the address of the web chat ("" for none)."""

    office: str
    desk: str
    address: str = ""


def slips_pdf(slips: Sequence[Slip], handing: Handing) -> bytes:
    """The sheets as a PDF; slips of one unit are together. The same slips give the same bytes."""
    paper = {
        "title": _say("title", office=one_line(handing.office)),
        "labels": {name: _say(name) for name in ("code", *CHANNELS)},
        "sheets": list(_sheets(slips, handing)),
    }
    drawn = [{channel: drawing(link) for channel, link in _links(slip).items()} for slip in slips]
    return pdf_of("slips.typ", {"paper": data(paper), "drawn": json.dumps(drawn)})


def groups(code: str) -> list[str]:
    """The code in groups that are easy to read aloud."""
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]


def _sheets(slips: Sequence[Slip], handing: Handing) -> Iterator[dict[str, Any]]:
    """The slips by sheets; `first` is the position of the sheet's first slip among all."""
    first = 0
    for unit, members in groupby(slips, key=lambda slip: slip.unit):
        shown = [_told(slip, handing) for slip in members]
        starts = range(0, len(shown), ON_A_SHEET)
        for number, start in enumerate(starts, start=1):
            yield {
                "cover": _say("cover", unit=one_line(unit), count=len(shown)),
                "sheet": _say("sheet", sheet=number, sheets=len(starts)),
                "first": first + start,
                "slips": shown[start : start + ON_A_SHEET],
            }
        first += len(shown)


def _told(slip: Slip, handing: Handing) -> dict[str, Any]:
    links = _links(slip)
    how = "both" if len(links) > 1 else next(iter(links), "code")
    address = one_line(handing.address) if "web" in links else ""
    return {
        "name": one_line(slip.name),
        "position": one_line(slip.position),
        "unit": one_line(slip.unit),
        "code": groups(slip.code),
        "told": [
            _say(f"join_{how}", address=address),
            *([_say("opens", time=f"{slip.opens:%H:%M}", day=f"{slip.opens:%d/%m/%Y}")] if slip.opens else []),
            _say("holds", time=f"{slip.until:%H:%M}", day=f"{slip.until:%d/%m/%Y}"),
            _say("ask", desk=one_line(handing.desk)),
        ],
    }


def _links(slip: Slip) -> dict[str, str]:
    """Channel → link, for the open channels."""
    return {channel: link for channel, link in slip.links.items() if channel in CHANNELS}


def _say(name: str, **values: object) -> str:
    return section("slips")[name].format(**values)
