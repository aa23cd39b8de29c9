"""One person: the state of each of their forms, its versions with papers and differences, and a timeline."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import HOME, Page, Visit
from bot.console.people import PATH, form_code, meant_in, told_of
from bot.turn.papers import may_read
from bot.web.files import TYPES, disposition
from bot.web.house import house_of
from bot.web.sessions import tongue_of
from dialogs.authority.meant import Meant
from dialogs.core.turn import Papers
from dialogs.shown.changes import changes
from dialogs.shown.draft_card import change_values
from rules.campaign.permissions import Action, Relation, may
from rules.nouns.deeds import REFUSED
from rules.nouns.people import Person
from rules.nouns.reviews import Draft, Json, Review, ReviewStatus
from rules.nouns.values import PARTY
from storage.repositories.lists.overview import KeyedPerson
from storage.values import Audited
from templates.deeds import deed

_SEAT = PATH + "/{key:[^/]{1,80}}"
_PAPER = _SEAT + r"/van-ban/{review:\d{1,9}}/{version:\d{1,9}}/{kind:docx|pdf}"

#: Maximum number of lines of the timeline, the newest.
LINES = 300

#: Details in the audit that the deed's name already tells.
SAID_ALREADY = frozenset({"fingerprint approved"})

#: Deeds about reading and refusals, shown only to readers of the audit.
OF_AUDIT = frozenset({*REFUSED, "papers taken out"})

_STATES = {
    ReviewStatus.RETURNED: "returned",
    ReviewStatus.FINAL: "acknowledged",
    ReviewStatus.DECIDED: "decided",
    ReviewStatus.APPEALED: "decided",
    ReviewStatus.APPROVED: "agreed",
    ReviewStatus.ENDED: "none",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was sent. `papers`: the reader may have its documents; `differs`: the differences from the version
    before, None when these may not be read.
    """

    version: int
    at: dt.datetime
    own: str | None
    suggested: str | None
    papers: bool
    differs: Sequence[Json] | None


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form of the person in a campaign, the newest version first. `concluded`, `unit_other`: as in the table of
    people.
    """

    review: int
    code: str
    title: str
    year: int
    period: str
    state: str
    ruled: str | None
    versions: Sequence[Version]
    concluded: str | None = None
    unit_other: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the timeline: when, who, what, and about which form."""

    at: dt.datetime
    who: str
    what: str
    about: str
    version: int


async def show_person(visit: Visit) -> web.StreamResponse:
    """The page."""
    found, reviews = await _found(visit)
    meant = await _meant(visit, reviews)
    shown = [_with_meeting(_form(visit, one), meant.get(one.id)) for one in reviews]
    return visit.draw(
        "person.html",
        person=found.person,
        key=found.key,
        gone=found.gone,
        forms=shown,
        happened=await _timeline(visit, found.person, reviews),
        base=address(visit, found.key),
        lines=LINES,
    )


async def hand_out(visit: Visit) -> web.StreamResponse:
    """A version as Word or PDF, printed as it was stored; the download is recorded in the audit."""
    place = visit.request.match_info
    _, reviews = await _found(visit)
    review, version = int(place["review"]), int(place["version"])
    if version < 1 or review not in {one.id for one in reviews}:
        raise await visit.turn_away("papers", review=review)
    papers = Papers(review, version, (place["kind"],))
    files = await house_of(visit.request).front.documents(visit.oversight.person.id, papers)
    if not files:
        raise await visit.turn_away("papers", review=review, version=version)
    headers = {"Content-Disposition": disposition(files[0].name)}
    return web.Response(body=files[0].content, content_type=TYPES[files[0].kind], headers=headers)


def address(visit: Visit, key: str) -> str:
    """The address of somebody's page."""
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}/{quote(key, safe='')}"


async def _found(visit: Visit) -> tuple[KeyedPerson, list[Review]]:
    """The person in the address, and those of their reviews this reader may see. Raises 404 when there is none."""
    key = visit.request.match_info["key"]
    found = await visit.tx.overview.keyed(visit.office, key)
    if found is None:
        raise await visit.turn_away("person", key=key)
    reviews = [one for one in await visit.tx.reviews.ever(found.person.id) if _sees(visit, one)]
    if not reviews and not visit.oversight.sees_person(found.person):
        raise await visit.turn_away("person", key=key)
    return found, reviews[::-1]


def _sees(visit: Visit, review: Review) -> bool:
    books, edition = visit.house.books, review.campaign.edition
    party = review.person.subject in PARTY
    if usable(review.campaign, books) and review.form in books[edition].forms:
        party = party or books[edition].forms[review.form].rates in PARTY
    return visit.oversight.sees_review(review, party=party)


async def _meant(visit: Visit, reviews: Sequence[Review]) -> Mapping[int, Meant]:
    """Review → conclusion of a meeting, for undecided reviews."""
    open_ = [one.id for one in reviews if one.draft and not one.ruling]
    lines = await visit.tx.standings.some(open_, visit.today) if open_ else []
    return await meant_in(visit, lines) if lines else {}


def _with_meeting(form: FormShown, meant: Meant | None) -> FormShown:
    """Add a meeting's conclusion to the self-rating, for readers who may see it."""
    if meant is None or not form.versions or form.versions[0].own is None:
        return form
    concluded = (meant.rating or "none") if meant.own_other else None
    return replace(form, concluded=concluded, unit_other=meant.unit_other)


def _form(visit: Visit, review: Review) -> FormShown:
    held = visit.oversight.to_review(review)
    ruling = review.ruling if may(held | told_of(visit, review), Action.READ_RATING) else None
    known = usable(review.campaign, visit.house.books)
    form = visit.house.books[review.campaign.edition].forms.get(review.form) if known else None
    return FormShown(
        review=review.id,
        code=form_code(visit.house.books, review.campaign, review.form),
        title=form.title if form else "",
        year=review.campaign.year,
        period=review.campaign.period,
        state=_state(review),
        ruled=(ruling.rating or "none") if ruling else None,
        versions=[_version(visit, review, held, before, one) for before, one in _backwards(review.drafts)],
    )


def _state(review: Review) -> str:
    if review.status is ReviewStatus.SUBMITTED:
        return "sent" if review.approver_id else "agreed"
    if review.status is ReviewStatus.DRAFTING:
        return "drafting" if review.answers else "not_begun"
    return _STATES[review.status]


def _backwards(drafts: Sequence[Draft]) -> list[tuple[Draft | None, Draft]]:
    return [(before, one) for before, one in pairwise((None, *drafts)) if one][::-1]


def _version(visit: Visit, review: Review, held: frozenset[Relation], before: Draft | None, draft: Draft) -> Version:
    papers = may_read(held, review, draft.version)
    reads = papers or may(held, Action.READ_DRAFT)
    differs: Sequence[Json] | None = None
    if reads and before and usable(review.campaign, visit.house.books):
        form = visit.house.books[review.campaign.edition].forms[review.form]
        differs = change_values(review, changes(form, before.answers, draft.answers))
    return Version(
        version=draft.version,
        at=draft.submitted_at,
        own=(draft.self_rating or "none") if reads else None,
        suggested=(draft.suggested or "none") if reads else None,
        papers=papers,
        differs=differs,
    )


async def _timeline(visit: Visit, person: Person, reviews: Sequence[Review]) -> list[Happened]:
    """The events of these reviews, and of the person where the reader may know them; the newest first."""
    kept: list[Audited] = []
    for one in reviews:
        kept += await visit.tx.audit.of_review(one.id)
    if may(visit.oversight.to_unit(person.office, person.unit_id), Action.INVITE):
        kept += [line for line in await visit.tx.audit.of_person(person.id) if line.review_id is None]
    held = visit.oversight.to_unit(person.office, person.unit_id)
    hidden = SAID_ALREADY if may(held, Action.READ_AUDIT) else SAID_ALREADY | OF_AUDIT
    told = [line for line in kept[::-1] if line.what not in hidden]
    kept = sorted(told, key=lambda line: line.at, reverse=True)[:LINES]
    names = await visit.tx.people.names({line.by_person for line in kept if line.by_person})
    about = {one.id: _form(visit, one) for one in reviews}
    return [_happened(visit, line, names, about) for line in kept]


def _happened(visit: Visit, line: Audited, names: Mapping[int, str], about: Mapping[int, FormShown]) -> Happened:
    form = about.get(line.review_id or 0)
    version = line.detail.get("version")
    return Happened(
        at=line.at,
        who=names.get(line.by_person, "") if line.by_person else "",
        what=deed(line.what, tongue_of(visit.request)),
        about=form.code if form else "",
        version=version if isinstance(version, int) else 0,
    )


PAGES = (Page(_PAPER, hand_out), Page(_SEAT, show_person))
