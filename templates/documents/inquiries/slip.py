"""The slip that asks for an opinion, to be passed on: who asks, about whom, on which form, until when, and the link
with a code to scan. The blank paper follows it.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from templates.documents.inquiries.page import InquiryPage
from templates.documents.scanning import drawing
from templates.documents.texts import one_line
from templates.documents.typeset import data, pdf_of
from templates.documents.words import period_words, section


@dataclass(frozen=True, slots=True)
class SlipPage:
    """A slip. `link` is "" when the opinion is asked on paper only."""

    office: str
    title: str
    told: tuple[str, ...]
    link: str
    how: tuple[str, ...]


def slip_page(content: Mapping[str, Any], by: str, last_day: dt.date, link: str) -> SlipPage:
    """The slip of a stored inquiry."""
    words = section("inquiry_slip")
    about, form = content["about"], one_line(content["form"])
    told = {
        "asked": one_line(content["asked"]),
        "name": one_line(about["name"]),
        "unit": one_line(about["unit"]),
        "period": period_words(content["year"], content["period"]),
        "cite": one_line(content["cite"]),
        "source": one_line(content["source"]),
        "by": one_line(by),
        "day": f"{last_day:%d/%m/%Y}",
        "form": form,
    }
    said = ("to", "about", *(("form",) if form else ()), "cite", "until", "by")
    ways = ("scan", "no_account", "sign", "paper") if link else ("paper",)
    return SlipPage(
        one_line(content["office"]).upper(),
        words["title"],
        tuple(words[one].format(**told) for one in said),
        link,
        tuple(words[f"how_{one}"] for one in ways),
    )


def slips_pdf(slips: Sequence[tuple[SlipPage, InquiryPage]]) -> bytes:
    """A PDF with every slip followed by its blank paper on the next page."""
    told = [{"slip": asdict(slip), "blank": asdict(blank)} for slip, blank in slips]
    drawn = [drawing(slip.link) if slip.link else None for slip, _ in slips]
    return pdf_of("inquiries/slip.typ", {"papers": data(told), "drawn": json.dumps(drawn)})
