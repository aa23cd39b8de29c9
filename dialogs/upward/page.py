"""The page of a unit's package: what would be sent now, what was sent, how they differ, what is missing and who owes
it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.upward import UnitSends
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.stamps import FINGERPRINT
from dialogs.core.state import State
from dialogs.core.turn import Attached, Command, DeskFile, Key, Reply, SentPapers, Turn
from dialogs.shown.quota import quota_values
from dialogs.upward.guard import HOME, on_it, view
from dialogs.upward.home import status_of
from rules.campaign.deciding.quotas import all_states
from rules.campaign.permissions import Action, may
from rules.nouns.reviews import Json
from rules.upward.package import differences, missing_in, unproposed

#: Up to this many lines of a list are shown; of a longer one only how many papers are present and missing.
LINES = 20
#: How many missing papers, differences or reviews without a proposal are named; the rest are counted.
NAMED = 8
#: Up to `IN_LINES` missing papers are named in their lines; otherwise they have a list of their own, with `OF_ONE` of
#: each paper.
IN_LINES, OF_ONE = 3, 2
#: The button to the drafts that wait for the reader.
TO_AGREE = Key("head/list", Button("head_list"))
#: How many earlier versions have a button.
VERSIONS = 5


def look(books: Books, state: State, one: UnitSends, __: Button) -> Turn:
    """The page of the package: `upward_look:0:<campaign>:<unit>`."""
    return shown(books, state, one)


def shown(books: Books, state: State, one: UnitSends, *commands: Command, said: str = "") -> Turn:
    """The page. Whoever may send it sees it as it would be sent now, others as it was sent."""
    known = view(state)
    value = known.value if known.value is not None else known.kept
    standing, last = one.up.standing, one.up.last
    before = known.kept if known.value is not None and standing else known.before if standing else None
    differ = differences(before, value) if before and value else []
    values: dict[str, Json] = {
        "said": said,
        "unit": one.up.name,
        "office": one.office,
        "status": status_of(one),
        "version": one.up.version(standing) if standing else len(one.up.sent),
        "at": last.at.isoformat() if last else "",
        "by": last.by_name if last else "",
        "reason": last.reason if last else "",
        "mark": standing.fingerprint[:FINGERPRINT] if standing else "",
        "due": one.due.isoformat() if one.due else "",
        "late": bool(one.due and state.now.date() > one.due and not standing),
        "looked_at": one.looked_at,
        "running": one.running if known.value is not None else "",
        **_unagreed(state),
        "mine": known.value is not None,
        "same": bool(standing and standing.fingerprint == known.mark),
        "first": not one.up.sent,
        "differ": [_difference(each) for each in differ[:NAMED]],
        "differ_more": max(0, len(differ) - NAMED),
        "quotas": _quotas(books, state),
        **_contents(value),
        **_goes_to(state, value),
    }
    return Turn((Reply("upward/look", values, _keyboard(state, one)),), (*commands, *let_go(state, Room.UPWARD)))


def _unagreed(state: State) -> dict[str, Json]:
    """The drafts that still wait in the unit; sending the package agrees to none of them. `yours`: some wait for the
    reader.
    """
    known = view(state)
    names = list(dict.fromkeys(one.person.called for one in known.unagreed))
    acting = {state.person.id, *state.acts_for} if state.person else set()
    return {
        "unagreed": [*names[:NAMED]],
        "unagreed_more": max(0, len(names) - NAMED),
        "unagreed_count": len(known.unagreed),
        "yours": any(one.approver_id in acting for one in known.unagreed),
    }


def _goes_to(state: State, value: Mapping[str, Any] | None) -> dict[str, Json]:
    if value:
        return {"to": value["to"], "through": value["through"], "cite": value["cite"]}
    rule = view(state).to
    return {"to": rule.to if rule else "", "through": rule.through if rule else "", "cite": rule.cite if rule else ""}


def _contents(value: Mapping[str, Any] | None) -> dict[str, Json]:
    """What is present and missing line by line, and the proposed ratings."""
    if value is None:
        return {"lines": [], "missing": [], "missing_more": 0, "missing_count": 0, **_proposed(())}
    missing = missing_in(value)
    within = len(missing) <= IN_LINES and _short(value["lists"])
    apart = {} if within else _by_title(missing)
    return {
        "lines": _lines(value["lists"], owed=within),
        "missing": [
            {"title": title, "of": [*owed[:OF_ONE]], "more": max(0, len(owed) - OF_ONE)}
            for title, owed in [*apart.items()][:NAMED]
        ],
        "missing_more": sum(len(owed) for owed in [*apart.values()][NAMED:]),
        "missing_count": len(missing),
        **_proposed(value["proposals"]),
        "unproposed": [*unproposed(value)[:NAMED]],
        "unproposed_more": max(0, len(unproposed(value)) - NAMED),
    }


def _by_title(missing: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, list[Json]]:
    """Missing papers by title, with whose they are and who owes them. A paper that everybody owes is listed once."""
    found: dict[str, list[Json]] = {}
    for title, one in missing:
        found.setdefault(title, []).append(_debt(one))
    return found


def _short(lists: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every line of the lists fits on the page."""
    return sum(len(one["lines"]) for one in lists) <= LINES


def _lines(lists: Sequence[Mapping[str, Any]], *, owed: bool) -> list[Json]:
    """Each line of the list; if there are many lists, each list as a whole. `owed`: with who owes what is missing."""
    if not _short(lists):
        return [
            {
                "title": one["whose"] or one["rulebook"],
                **_counted([part for line in one["lines"] for part in line["parts"]]),
                "owed": [],
            }
            for one in lists
        ]
    return [
        {
            "title": line["title"],
            **_counted(line["parts"]),
            "owed": [_debt(each) for part in line["parts"] for each in part["missing"]] if owed else [],
        }
        for one in lists
        for line in one["lines"]
    ]


def _debt(one: Mapping[str, Any]) -> dict[str, Json]:
    """Whose paper is missing, and who owes it."""
    return {"whose": one["whose"], "who": one["who"]}


def _counted(parts: Sequence[Mapping[str, Any]]) -> dict[str, Json]:
    return {
        "there": sum(len(part["files"]) for part in parts),
        "missing": sum(len(part["missing"]) for part in parts),
    }


def _proposed(proposals: Sequence[Mapping[str, Any]]) -> dict[str, Json]:
    """How many of each rating are proposed."""
    counted = Counter(one["ratings"][-1]["rating"] for one in proposals if one["ratings"])
    ratings: list[Json] = [[rating, count] for rating, count in counted.items()]
    return {"proposals": len(proposals), "ratings": ratings, "unproposed": [], "unproposed_more": 0}


def _difference(one: Any) -> dict[str, Json]:
    return {"what": one.what, "title": one.title, "whose": one.whose, "before": one.before, "after": one.after}


def _quotas(books: Books, state: State) -> list[Json]:
    """The groups for which more is proposed than their quota allows. They are shown; nothing is enforced."""
    known, found = view(state), list[Json]()
    for (_, rulebook), listed in known.rated.items():
        edition = known.editions.get(rulebook)
        for one in all_states(books[edition], listed) if edition else ():
            if one.state.over and any(each.unit == (known.at.up.name if known.at else "") for each in one.members):
                found.append({**quota_values(one.state), "over": True})
    return found


def _keyboard(state: State, one: UnitSends) -> tuple[tuple[Key, ...], ...]:
    known, standing = view(state), one.up.standing
    mine, last = known.value is not None, one.up.last
    new = mine and known.value is not None and (standing is None or standing.fingerprint != known.mark)
    missing = len(missing_in(known.value)) if known.value else 0
    label = {"again": bool(one.up.sent), "missing": missing, "office": one.office}
    after = str(last.number if last else 0)
    kept = one.up.sent[-1] if one.up.sent else None
    files = (
        (Key("upward/paper", on_it("upward_paper", one)), Key("upward/paper_word", on_it("upward_paper", one, "docx")))
        if kept
        else ()
    )
    whole = (_whole_key(one, len(one.up.sent)),) if kept else ()
    back = Key("upward/list_back", Button("upward_list", 0, (str(one.up.campaign),)))
    oversees = may(one.held, Action.RETURN_SENT)
    taken_back = standing is not None and not one.looked_at  # once the authority looks at it, both are refused
    agreeing = (TO_AGREE,) if _unagreed(state)["yours"] else ()
    return rows(
        agreeing,
        (Key("upward/send", on_it("upward_send", one, known.mark[:FINGERPRINT], after), label),) if new else (),
        (Key("upward/withdraw", on_it("upward_withdraw", one)),) if mine and taken_back else (),
        (Key("upward/return", on_it("upward_return", one)),) if taken_back and oversees and not one.office else (),
        whole,
        files,
        (back,) if oversees and not one.office else (HOME,),
    )


def _whole_key(one: UnitSends, version: int) -> Key:
    """The button to everything in a version as one file."""
    values: dict[str, Json] = {"version": version, "several": len(one.up.sent) > 1}
    return Key("upward/whole", on_it("upward_paper", one, "zip", str(version)), values)


def paper(books: Books, state: State, one: UnitSends, button: Button) -> Turn:
    """The last version as a file: `upward_paper:0:<campaign>:<unit>[:docx]`; everything in a version:
    `…:zip:<version>`.
    """
    if not one.up.sent:
        return shown(books, state, one)
    kind, wanted = word(button, 2), number(button, 3)
    version = wanted if kind == "zip" and 0 < wanted <= len(one.up.sent) else len(one.up.sent)
    kept = one.up.sent[version - 1]
    files: dict[str, Attached] = {
        "zip": SentPapers(one.up.campaign, kept.id),
        "docx": DeskFile(f"sentupword_{kept.id}", "docx"),
    }
    others = [each for each in range(len(one.up.sent), 0, -1) if each != version][:VERSIONS] if kind == "zip" else []
    values: dict[str, Json] = {
        "unit": one.up.name,
        "version": version,
        "at": kept.at.isoformat(),
        "whole": kind == "zip",
        "replaced": version < len(one.up.sent),
    }
    keyboard = rows(*((_whole_key(one, each),) for each in others), (Key("upward/back", on_it("upward_look", one)),))
    file = files.get(kind, DeskFile(f"sentup_{kept.id}", "pdf"))
    return Turn((Reply("upward/paper", values, keyboard, file),), let_go(state, Room.UPWARD))


def refused_while(one: UnitSends) -> Refused | None:
    """The refusal of a withdrawal because the authority is looking at the package or has done so."""
    return Refused("looked_at", {"since": one.looked_at}) if one.looked_at else None
