"""Invitation slips to print, one for everybody with an unused code."""

import datetime as dt
import ipaddress
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from bot.campaign.invitations.invited import InvitedPerson, Office
from bot.door.links import Links
from bot.writing import write_whole
from rules.nouns.errors import NamedCaseError
from rules.nouns.people import Person

#: File mode: readable by the owner only, because a code lets its holder in as that person.
_FOR_OWNER = 0o600


def to_print(people: Iterable[InvitedPerson], *, only_missing: bool) -> tuple[InvitedPerson, ...]:
    """The people with a code; `only_missing` leaves out those who have joined (codes for another phone)."""
    return tuple(one for one in people if one.code and not (only_missing and one.joined))


def on_paper(links: Links) -> Links:
    """The links without addresses that only this machine can open."""
    return Links(
        {
            channel: way
            for channel, way in links.ways.items()
            if not _of_this_machine(urlsplit(way.prefix).hostname or "")
        }
    )


def _of_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def slips_of(
    whose: tuple[str, str], codes: Iterable[tuple[Person, str, dt.datetime, dt.datetime | None]], links: Links
) -> bytes:
    """The PDF of these codes: (person, code, valid until, valid from). `whose`: the office and its desk."""
    from templates.documents.slips import Handing, Slip, slips_pdf  # noqa: PLC0415 - loads fonts: only who prints

    slips = [
        Slip(one.called, one.position, one.unit, code, until, links.of(code), opens)
        for one, code, until, opens in codes
    ]
    address = next((way.address for way in links.ways.values() if way.address), "")
    return slips_pdf(slips, Handing(*whose, address))


def write_slips(file: Path, office: Office, shown: Iterable[InvitedPerson], links: Links) -> None:
    """Write the PDF. Raises CaseError when the file exists or its folder does not."""
    from templates.documents.slips import Handing, Slip, slips_pdf  # noqa: PLC0415 - loads fonts: only who prints

    check_new(file)
    slips = [
        Slip(one.called, one.position, one.unit, one.code, one.until, links.of(one.code), one.opens)
        for one in shown
        if one.until is not None
    ]
    address = next((way.address for way in links.ways.values() if way.address), "")
    write_whole(file, slips_pdf(slips, Handing(office.name, office.desk, address)), mode=_FOR_OWNER)


def check_new(file: Path) -> None:
    """Raises CaseError when the file may not be written."""
    if file.exists():
        raise NamedCaseError("file_there", file=file)
    if not file.parent.is_dir():
        raise NamedCaseError("folder_of_file", file=file, folder=file.parent)
