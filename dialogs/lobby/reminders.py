"""The one message that a person gets on a day: what they owe or are told of, most important first. It never contains a
rating.

`rules.campaign.reminders.owing` says who is told of what; the shell decides when it is sent.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.turn import Key, Reply
from dialogs.shown.person import person_values, rated_body, which_values
from rules.campaign.reminders.owing import UNFINISHED
from rules.campaign.reminders.reminding import Owed, What
from rules.forms.pace import minutes
from rules.judging.interview import asked
from rules.nouns.reviews import Json, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy

#: How many names a message gives before it counts the rest.
NAMES = 8

#: How many things a message lists before it counts the rest.
THINGS = 10

#: For how many of one's own reviews a message has a button.
OWN = 3

#: How many units a digest lists.
UNITS = 20

Values = dict[str, Json]


def reminder(books: Books, owed: Sequence[Owed], today: dt.date) -> Reply:
    """The message of today; `owed` is not empty. A single thing is told in more detail if it has a message of its own."""
    owed = _gathered(owed)
    first = owed[0]
    if len(owed) == 1 and first.what in _AT_LENGTH:
        return Reply(_AT_LENGTH[first.what], _values(books, first, today), _keyboard(books, owed))
    things = _things(owed)
    items: list[Json] = [_values(books, one, today) for one in things]
    values: Values = {"items": items, "more": len(owed) - len(things)}
    return Reply("notice/today", values, _keyboard(books, things))


#: Kinds of which one line tells all with the same last day, and what else they must share.
_ALIKE: Mapping[What, Callable[[Owed], object]] = {
    What.PETITION: lambda _: None,
    What.OPINION: lambda one: one.text,
    What.NAMING: lambda _: None,
    What.PART: lambda one: one.reviews[0].review,
}


def _gathered(owed: Sequence[Owed]) -> list[Owed]:
    """The same things, with one line for those that say the same of several people."""
    found: dict[object, Owed] = {}
    for place, one in enumerate(owed):
        alike = _ALIKE.get(one.what) if one.reviews else None
        key = (one.what, one.due, alike(one)) if alike else place
        known = found.get(key)
        found[key] = replace(known, reviews=(*known.reviews, *one.reviews)) if known else one
    return [*found.values()]


def _things(owed: Sequence[Owed]) -> list[Owed]:
    """The most important things, in their order. At least the first of each kind is included, so that many of one kind
    do not hide the others.
    """
    firsts = {one.what: place for place, one in reversed(list(enumerate(owed)))}
    by_weight = sorted(range(len(owed)), key=lambda place: (firsts[owed[place].what] != place, place))
    return [owed[place] for place in sorted(by_weight[:THINGS])]


#: Kinds that have a message of their own when they stand alone.
_AT_LENGTH: Mapping[What, str] = {
    What.OWN: "notice/person_reminder",
    What.WAITING: "notice/head_reminder",
    What.STANDS: "notice/desk_reminder",
}


def _values(books: Books, one: Owed, today: dt.date) -> Values:
    return {"what": one.what.value, **_when(one.due, today), **_ABOUT[one.what](books, one)}


def _when(due: dt.date | None, today: dt.date) -> Values:
    """The last day and the days until then: 0 on the day itself, negative when it has passed. None: there is no last
    day.
    """
    return {"due": due.isoformat(), "days": (due - today).days} if due else {"due": None, "days": None}


# ── what each tells ────────────────────────────────────────────────────────────────────────────


def _own(books: Books, one: Owed) -> Values:
    review = one.reviews[0]
    form = books[review.campaign.edition].forms[review.form]
    return {
        **_which_own(books, review),
        "form": form.title,
        "stage": _stage(review),
        "minutes": minutes(form, [(place.item, place.question) for place in asked(form, review.person, {})]),
    }


def _part(books: Books, one: Owed) -> Values:
    review = one.reviews[0]
    values: Values = {**which_values(books, review), "body": rated_body(review.person)}
    return {**values, "count": len(one.reviews)} if len(one.reviews) > 1 else values


def _naming(books: Books, one: Owed) -> Values:
    bodies: list[Json] = [rated_body(review.person) for review in one.reviews]
    if len(bodies) == 1:
        return _part(books, one)
    return {"count": len(bodies), "names": bodies[:NAMES], "more": max(0, len(bodies) - NAMES)}


def _pile(books: Books, one: Owed) -> Values:
    return {"count": len(one.reviews), **_names(books, one.reviews)}


def _late(books: Books, one: Owed) -> Values:
    people = {review.person.id: review for review in one.reviews}
    campaign = one.reviews[0].campaign
    return {
        "year": campaign.year,
        "period": campaign.period,
        "task": one.title,
        "stage": _stage_of_late(one.reviews[0]),
        "count": len(people),
        **_names(books, one.reviews),
    }


def _about_one(books: Books, one: Owed) -> Values:
    if len(one.reviews) > 1:
        return {"of": one.text, **_pile(books, one)}
    return {**which_values(books, one.reviews[0]), "of": one.text}


def _stands(books: Books, one: Owed) -> Values:
    unfinished = [review for review in one.reviews if review.status in UNFINISHED]
    count = Counter(_stage(review) for review in unfinished)
    campaign = one.reviews[0].campaign
    return {
        "task": one.title,
        "year": campaign.year,
        "period": campaign.period,
        "total": len(one.reviews),
        "approved": len(one.reviews) - len(unfinished),
        "not_started": count["not_started"],
        "started": count["started"],
        "returned": count["returned"],
        "waiting": count["waiting"],
        **_names(books, [review for review in unfinished if review.owed]),
    }


def _leaving(books: Books, one: Owed) -> Values:
    """Whose last day is near, and what they have not handed in. `own`: the reader is that person."""
    person = one.reviews[0].person
    return {
        **person_values(person),
        "own": person.id == one.person,
        "forms": [{**which_values(books, review), "stage": _stage(review)} for review in one.reviews],
    }


def _plan(_books: Books, one: Owed) -> Values:
    return {"text": one.text}


def _round(_books: Books, one: Owed) -> Values:
    return {"title": one.text, "sheet": one.milestone == "sheet"}


def _unsent(_books: Books, one: Owed) -> Values:
    return {"units": one.text, "of_desk": bool(one.milestone), **_period(one)}


def _data(_books: Books, one: Owed) -> Values:
    return {"name": one.text}


def _task(_books: Books, one: Owed) -> Values:
    return {"task": one.title, **_period(one)}


def _files(_books: Books, one: Owed) -> Values:
    files: list[Json] = [{"title": each.title, "whose": each.whose} for each in one.files[:NAMES]]
    return {"files": files, "more": max(0, len(one.files) - NAMES), "count": len(one.files), **_period(one)}


def _dossier(_books: Books, one: Owed) -> Values:
    """What the desk itself owes, by kind, and who owes the rest."""
    own = Counter(each.title for each in one.files if each.owed_by is OwedBy.DESK)
    others = [each for each in one.files if each.owed_by is not OwedBy.DESK]
    owing = Counter((each.owner, each.name, each.whose if not each.name else "") for each in others)
    return {
        "count": len(one.files),
        "own": [{"title": title, "count": count} for title, count in [*own.items()][:NAMES]],
        "own_more": max(0, len(own) - NAMES),
        "owing": [{"name": name or unit, "count": n} for (_, name, unit), n in owing.most_common(NAMES)],
        "owing_more": max(0, len(owing) - NAMES),
        **_period(one),
    }


def _period(one: Owed) -> Values:
    return {"year": one.of.year if one.of else 0, "period": one.of.period if one.of else ""}


def _digest(_books: Books, one: Owed) -> Values:
    units: list[Json] = [
        {
            "unit": each.unit,
            "year": each.year,
            "period": each.period,
            "total": each.total,
            "handed_in": each.handed_in,
            "waiting": each.waiting,
        }
        for each in one.tallies[:UNITS]
    ]
    return {"units": units, "more": max(0, len(one.tallies) - UNITS)}


_ABOUT: Mapping[What, Callable[[Books, Owed], Values]] = {
    What.PETITION: _about_one,
    What.WAITING: _pile,
    What.DECIDE: _pile,
    What.ROUND: _round,
    What.OPINION: _about_one,
    What.LEAVING: _leaving,
    What.OWN: _own,
    What.PART: _part,
    What.NAMING: _naming,
    What.UNSENT: _unsent,
    What.TASK: _task,
    What.LATE: _late,
    What.RESULTS: _pile,
    What.STANDS: _stands,
    What.PLAN: _plan,
    What.DATA: _data,
    What.FILES: _files,
    What.DOSSIER: _dossier,
    What.DIGEST: _digest,
}


def _stage(review: ReviewLine) -> str:
    if review.status is ReviewStatus.DRAFTING:
        return "started" if review.started else "not_started"
    return "returned" if review.status is ReviewStatus.RETURNED else "waiting"


def _stage_of_late(review: ReviewLine) -> str:
    """What is missing: the review itself, an agreement, or the decision."""
    return "not_handed_in" if review.owed else "waiting" if review.status is ReviewStatus.SUBMITTED else "undecided"


def _names(books: Books, reviews: Sequence[ReviewLine]) -> Values:
    """Each person once per post, with their units if there are several."""
    lines = list({(review.person.id, review.person.post): review for review in reviews}.values())
    several = len({line.person.unit_id for line in lines}) > 1
    names: list[Json] = [
        {**which_values(books, line), "unit": line.person.unit if several and not line.person.post else ""}
        for line in lines[:NAMES]
    ]
    return {"names": names, "more": max(0, len(lines) - NAMES)}


def _which_own(books: Books, review: ReviewLine) -> Values:
    """Which of one's own forms it is. A body's report is named with the body."""
    which = which_values(books, review)
    return (
        {**which, "code": f"{which['code']} · {rated_body(review.person)}"}
        if review.owner != review.person.id
        else which
    )


# ── buttons ────────────────────────────────────────────────────────────────────────────────────

#: For each kind, the label and the verb of the button that leads to it.
_LEADS: Mapping[What, tuple[str, str]] = {
    What.PETITION: ("petition/list", "petition_list"),
    What.WAITING: ("head/list", "head_list"),
    What.RESULTS: ("head/results", "head_results"),
    What.DECIDE: ("decide/list", "decide_list"),
    What.ROUND: ("round/home", "round_home"),
    What.OPINION: ("opinion/list", "opinion_list"),
    What.STANDS: ("desk/home", "desk_home"),
    What.PLAN: ("result/plan", "plan_list"),
    What.DATA: ("data/desk", "data_desk"),
    What.FILES: ("dossier/home", "dossier_home"),
    What.UNSENT: ("upward/home", "upward_home"),
}


def _keyboard(books: Books, owed: Sequence[Owed]) -> tuple[tuple[Key, ...], ...]:
    """A button for each kind, and one for each of the most urgent reviews of one's own."""
    kinds: dict[What, list[Owed]] = {}
    for one in owed:
        kinds.setdefault(one.what, []).append(one)
    in_order = (_key(books, one) for what, some in kinds.items() for one in some[: OWN if what is What.OWN else 1])
    put_off = (Key("notice/put_off", Button("put_off")),) if any(one.what is What.OWN for one in owed) else ()
    return (*((key,) for key in in_order if key), *((put_off,) if put_off else ()))


def _key(books: Books, one: Owed) -> Key | None:
    review = one.reviews[0] if one.reviews else None
    own = one.what is What.OWN or (one.what is What.LEAVING and review and review.person.id == one.person)
    if own and review:
        label = "notice/begin" if _stage(review) == "not_started" else "notice/continue"
        return Key(label, Button("next", review.review), _which_own(books, review))
    if one.what is What.DOSSIER:
        return Key("desk/dossiers", Button("dossier_of", 0, (str(one.campaign), "all")))
    if one.what is What.NAMING and review:
        return Key("report/name", Button("report_show", review.review), {"there": False})
    if one.what is What.PART and review:
        return Key("report/write_part", Button("next", review.review))
    lead = _LEADS.get(one.what)
    return Key(lead[0], Button(lead[1])) if lead else None
