"""Notices about the result of a poll to whoever leads it. A tie for the last place is also told to the desk and to
whoever decides between those tied, because the count does not settle it.
"""

from collections.abc import Iterable

from bot.campaign.usable import usable
from bot.delivery.notices import Notice
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.turn import Key, Reply
from rules.balloting.counting import Bases, by_group
from rules.balloting.poll import Poll, Stage
from rules.balloting.slips import Tally
from rules.book.ballots import Ballot, Choices
from rules.nouns.reviews import Json
from storage.transaction import Transaction


async def of_count(tx: Transaction, books: Books, poll: Poll) -> list[Notice]:
    """The notices about a poll that was counted, is void, or whose paper slips were counted three times without
    agreement.
    """
    leads = await _leading(tx, poll)
    result = await tx.polls.result(poll.id) if poll.stage is Stage.COUNTED else None
    verb = "vote_result" if result else "vote_card"
    label = "vote/result" if result else "vote/card"
    keys = ((Key(label, Button(verb, 0, (str(poll.id),))),),)
    said = Reply("notice/poll_counted", {"title": poll.title, "stage": poll.stage.value}, keys)
    mark = f"{poll.stage.value}:{len(poll.attempts)}"
    found = [Notice(one, f"poll-came:{poll.id}:{mark}:{one}", said) for one in sorted(leads)]
    return [*found, *(await _of_tie(tx, books, poll, result.tally) if result else ())]


async def _leading(tx: Transaction, poll: Poll) -> set[int]:
    """The people leading a poll: who set it, who chairs its meeting, and who heads its unit."""
    meeting = await tx.meetings.get(poll.meeting) if poll.meeting else None
    heads = await tx.units.heads(poll.office)
    found = {poll.chair, meeting.chair if meeting else None, heads.get(poll.unit) if poll.unit else None}
    return {one for one in found if one}


async def _of_tie(tx: Transaction, books: Books, poll: Poll, tally: Tally) -> list[Notice]:
    rule = await _rule(tx, books, poll)
    if rule is None or not rule.share or poll.choices is not Choices.AGREE:
        return []
    bases = Bases(len(poll.voters), tally.given, tally.returned)
    ties = [came for _, came in by_group(rule, tally, bases, poll.places, poll.shares) if came.tied]
    desk, found = await _desk(tx, poll), []
    for number, came in enumerate(ties):
        named: list[Json] = [{"name": poll.lines[int(one)].text, "votes": came.votes[one]} for one in came.tied]
        values: dict[str, Json] = {
            "title": poll.title,
            "tied": named,
            "places": came.places_for_tied,
            "tie_to": rule.tie_to,
            "cite": rule.cite,
        }
        people = {poll.lines[int(one)].person for one in came.tied}
        told = {*desk, *await _deciding(tx, poll, {one for one in people if one})}
        reply = Reply("notice/poll_tie", values)
        found += [Notice(one, f"poll-tie:{poll.id}:{number}:{one}", reply) for one in sorted(told)]
    return found


async def _rule(tx: Transaction, books: Books, poll: Poll) -> Ballot | None:
    """The ballot of a rulebook that the poll follows, from the newest campaign of the office that has it."""
    parts = [
        *await tx.campaigns.of_office(poll.office, is_open=True),
        *await tx.campaigns.of_office(poll.office, is_open=False),
    ]
    for one in parts:
        if usable(one, books) and books[one.edition].id == poll.rulebook:
            return next((each for each in books[one.edition].ballots if each.key == poll.rule), None)
    return None


async def _desk(tx: Transaction, poll: Poll) -> list[int]:
    names = {id_: name for name, id_ in (await tx.units.offices()).items()}
    return await tx.units.desk_of(names[poll.office])


async def _deciding(tx: Transaction, poll: Poll, people: Iterable[int]) -> set[int]:
    """The deciders of these people in the poll's campaign, if they belong to this installation."""
    found: set[int] = set()
    for person in people:
        for review in await tx.reviews.mine(person):
            if review.decider_id and (poll.campaign is None or review.campaign.id == poll.campaign):
                found.add(review.decider_id)
    return found
