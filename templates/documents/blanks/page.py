"""The content of a blank ballot slip. No plan prescribes the form of its ballot, so the slip states that the form is
ours. It has neither the heading of the State nor that of the party, because ballots of both are printed with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from templates.documents.words import section


@dataclass(frozen=True, slots=True)
class BlankSlip:
    """A blank slip; all slips of a ballot are alike."""

    office: str
    unit: str
    word: str
    title: str
    how: str
    column: str
    options: tuple[str, ...]
    lines: tuple[str, ...]
    ours: str


def blank_slip(office: str, unit: str, title: str, lines: Sequence[str], options: Sequence[str]) -> BlankSlip:
    """The slip with these lines and options. `unit`: the unit that holds the vote ("": the office)."""
    words = section("blank")
    named = {**section("ratings"), "yes": words["yes"], "no": words["no"]}
    return BlankSlip(
        office=office,
        unit=unit if unit != office else "",
        word=words["word"],
        title=title,
        how=words["how"],
        column=words["column"],
        options=tuple(named[one] for one in options),
        lines=tuple(lines),
        ours=words["ours"],
    )
