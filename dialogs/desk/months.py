"""The list of months for which a campaign's yearly forms still wait, and who has them."""

from collections.abc import Iterable, Sequence

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import as_number, number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import to_campaign
from dialogs.desk.progress import campaign_values, of_campaign, parts
from rules.campaign.months.tracking import asks_periods, by_question, last_month, missing, settled
from rules.campaign.permissions import Action
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Campaign, Json
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore, Standing

#: How many people are on a page.
ON_A_PAGE = 12


def key_of(books: Books, campaign: Sequence[Campaign], standings: Iterable[ReviewLine]) -> Key | None:
    """The button that leads here from a campaign; None: no form waits for months."""
    asking = any(_waits(books, one) for one in standings)
    return Key("desk/months", Button("desk_months", 0, (str(campaign[0].id),))) if asking else None


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Who still lacks months, and who has them, one line each: `desk_months:0:<campaign>:<first line>`."""
    campaign = number(button, 0)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.READ_PROGRESS)
    waiting = sorted(
        (one for one in of_campaign(view, campaign) if _waits(books, one)),
        key=lambda one: (by_name(one.person.name), one.person.id, one.person.post),
    )
    lines = [(one, found) for one in waiting if (found := _lacks(books, view, one))]
    some = page(lines, number(button, 1), ON_A_PAGE)
    values: dict[str, Json] = {
        "campaign": campaign_values(books, parts(view, campaign)),
        "complete": len(waiting) - len(lines),
        "people": [{"name": one.person.called, "lacks": found} for one, found in some.shown],
        **some.values(),
    }
    turning = some.keys("desk_months", str(campaign))
    return Turn((Reply("desk/months", values, rows(turning, (to_campaign(campaign),))),), let_go(state))


def _waits(books: Books, one: ReviewLine) -> bool:
    """Whether the review is still to be rated and its form rests on months or quarters."""
    form = books[one.campaign.edition].forms[one.form]
    return not one.decided and not one.settled and one.campaign.span.whole and asks_periods(form)


def _lacks(books: Books, view: OfficeView, one: ReviewLine) -> list[Json]:
    """What is missing, with one entry for each who has it: the person, whoever confirms, the desk, or the body before."""
    book = books[one.campaign.edition]
    scores = settled(
        view.of_year.get((one.person.id, one.person.post), ()),
        last_month(book, one.campaign.span),
        one.campaign.last_month,
    )
    asked = by_question(book.forms[one.form], scores).values()
    found: dict[tuple[str, str], list[PeriodScore]] = {}
    for score in (score for some in missing([*asked]).values() for score in some):
        found.setdefault(_holder(view, score), []).append(score)
    return [{"how": how, "who": who, "periods": _runs(scores)} for (how, who), scores in found.items()]


def _holder(view: OfficeView, score: PeriodScore) -> tuple[str, str]:
    if score.body:
        return "outside", score.body
    if score.standing is Standing.SENT:
        return "sent", view.holders.get(score.review, "")
    return score.standing.value, ""


def _runs(scores: Sequence[PeriodScore]) -> list[Json]:
    """The months, then the quarters; consecutive ones form a range."""
    found: list[dict[str, Json]] = []
    for kind, number_ in sorted((one.period[0], as_number(one.period[1:])) for one in scores):
        quarter = kind == "q"
        if found and found[-1]["quarter"] == quarter and found[-1]["to"] == number_ - 1:
            found[-1]["to"] = number_
        else:
            found.append({"quarter": quarter, "from": number_, "to": number_})
    return [*found]


VERBS: dict[str, OnPress] = {"desk_months": OFFICE.looking(show, Action.READ_PROGRESS)}
