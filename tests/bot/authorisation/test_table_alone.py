"""The table of permissions is the mechanism: whoever takes a cell out of it takes the right away, and whoever puts one in
gives it. Nothing else is edited for it.
"""

import pytest

from dialogs.core.turn import DeskFile, Papers
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.store import Store
from tests.bot.authorisation.attempts import ATTEMPTS, READINGS, Attempt
from tests.bot.authorisation.judging import DONE, NOTHING, REFUSED, judged, kept, rehearsed, took_effect, tried
from tests.bot.authorisation.world import World, phone_on

#: Relation, action, what is tried, who is nothing else to it.
CELLS = """
    self                read_draft       read_answers     self
    self                answer           answer           self
    self                submit           submit           self
    self                withdraw         withdraw         self
    self                read_rating      read_result      self
    self                acknowledge      acknowledge      self
    self                acknowledge      reserve          self
    self                petition         petition         self
    self                petition         take_back        self
    self                set_stand_in     set_stand_in     head
    self                set_stand_in     end_stand_in     head
    unit_head           read_draft       read_draft       head
    unit_head           comment          comment          head
    unit_head           return           return           head
    unit_head           approve          approve          head
    unit_head           read_progress    list_waiting     head
    unit_head           invite           invite           head
    earlier_step        read_draft       read_draft_2     head
    in_charge           read_draft       read_draft       in_charge
    authority           read_draft       read_draft       authority
    authority           read_draft       read_ruling      authority
    authority           read_progress    list_coming      authority
    authority           decide           decide           authority
    authority           redecide         redecide         authority
    authority           read_rating      list_decided     authority
    authority           answer_petition  answer_petition  authority
    authority           answer_petition  rate_anew        authority
    stand_in            read_draft       read_draft       stand_in
    stand_in            comment          comment          stand_in
    stand_in            return           return           stand_in
    stand_in            approve          approve          stand_in
    stand_in            read_progress    list_waiting     stand_in
    stand_in_authority  read_draft       read_draft       stand_in_auth
    stand_in_authority  read_draft       read_ruling      stand_in_auth
    stand_in_authority  read_progress    list_coming      stand_in_auth
    stand_in_authority  decide           decide           stand_in_auth
    stand_in_authority  redecide         redecide         stand_in_auth
    stand_in_authority  read_rating      list_decided     stand_in_auth
    stand_in_authority  answer_petition  answer_petition  stand_in_auth
    old_unit            give_opinion     give_opinion     old_head
    desk                read_rating      read_rating      desk
    desk                read_progress    read_progress    desk
    desk                record_outside   record_outside   desk
    desk                record_outside   record_opinion   desk
    desk                set_stand_in     set_stand_in     desk
    desk                set_stand_in     end_stand_in     desk
    desk                open_campaign    open_campaign    desk
    desk                open_campaign    set_office       desk
    desk                move_dates       move_dates       desk
    desk                close_campaign   close_campaign   desk
    desk                import_roster    await_roster     desk
    desk                invite           invite           desk
    desk                untie            untie            desk
    desk                untie            revoke           desk
    desk                broadcast        broadcast        desk
"""

#: Who hears where a draft is that is at another step: nothing is done, and without the cell it is refused and kept.
TOLD = """
    earlier_step        read_progress    comment_2        head
    in_charge           read_progress    comment          in_charge
    other_step          read_progress    comment_2        stand_in
"""

#: Whose documents, at which moment, in which version.
PAPERS = """
    self                drafting         0                self
    self                sent             1                self
    unit_head           sent             1                head
    earlier_step        handed_on        1                head
    in_charge           sent             1                in_charge
    authority           approved         1                authority
    stand_in            sent             1                stand_in
    stand_in_authority  approved         1                stand_in_auth
    desk                approved         1                desk
"""

#: What nobody may as the table stands, and may with one cell more.
MORE = """
    colleague           read_draft       read_draft       colleague
    desk                read_draft       read_draft       desk
    colleague           comment          comment          colleague
    colleague           return           return           colleague
    colleague           approve          approve          colleague
    unit_head           decide           decide           in_charge
    colleague           decide           decide           colleague
    colleague           record_outside   record_outside   colleague
    colleague           record_outside   record_opinion   colleague
    colleague           set_stand_in     set_stand_in     colleague
    colleague           open_campaign    open_campaign    colleague
    colleague           open_campaign    set_office       colleague
    colleague           move_dates       move_dates       colleague
    colleague           close_campaign   close_campaign   colleague
    colleague           import_roster    await_roster     colleague
    colleague           invite           invite           colleague
    colleague           untie            untie            colleague
    unit_head           untie            untie            head
    colleague           read_progress    read_progress    colleague
"""


def _lines(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.splitlines() if line.strip()]


def without(monkeypatch: pytest.MonkeyPatch, relation: str, action: str) -> None:
    """The table with that cell taken out."""
    cell = (Relation(relation), Action(action))
    assert cell in ALLOWED
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {cell})


def attempted(name: str) -> Attempt:
    return {**ATTEMPTS, **READINGS}[name]


async def mark(world: World, name: str, who: str) -> str:
    """What comes of it when they send what the rightful person would."""
    attempt = attempted(name)
    store = await Store.open(world.copy(attempt.when))
    before = await kept(store)
    trying = await tried(store, world.aims[attempt.when], who, EVENTS[name])
    found = judged(attempt, who, trying, before, await kept(store))
    await store.close()
    return found


EVENTS: dict[str, list] = {}


async def rehearse(world: World, name: str) -> None:
    """The events of the rightful person, once, while the table is whole."""
    if name not in EVENTS:
        EVENTS[name] = await rehearsed(world, attempted(name))


@pytest.mark.parametrize(("relation", "action", "name", "who"), _lines(CELLS))
async def test_without_its_cell_a_right_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch, relation: str, action: str, name: str, who: str
) -> None:
    await rehearse(world, name)
    assert await mark(world, name, who) == DONE
    without(monkeypatch, relation, action)
    assert await mark(world, name, who) in {REFUSED, NOTHING}


@pytest.mark.parametrize(("relation", "action", "name", "who"), _lines(TOLD))
async def test_without_its_cell_nobody_hears_where_a_draft_is(
    world: World, monkeypatch: pytest.MonkeyPatch, relation: str, action: str, name: str, who: str
) -> None:
    await rehearse(world, name)
    assert await mark(world, name, who) == NOTHING
    without(monkeypatch, relation, action)
    assert await mark(world, name, who) == REFUSED


@pytest.mark.parametrize(("relation", "when", "version", "who"), _lines(PAPERS))
async def test_without_its_cell_there_are_no_documents(
    world: World, monkeypatch: pytest.MonkeyPatch, relation: str, when: str, version: str, who: str
) -> None:
    aim, store = world.aims[when], await Store.open(world.copy(when))
    house, papers = phone_on(store, who).house, Papers(aim.review, int(version), ("docx",))
    assert await house.documents(aim.ids[who], papers)
    without(monkeypatch, relation, "read_papers")
    assert not await house.documents(aim.ids[who], papers)
    await store.close()


async def test_without_its_cell_the_roster_is_no_file_of_the_desk_s(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    phone = phone_on(store, "desk")
    await tried(store, aim, "desk", await rehearsed(world, READINGS["await_roster"]))
    assert await phone.house.documents(aim.ids["desk"], DeskFile("roster"))
    assert await phone.house.awaits_file("web", "desk@web")
    without(monkeypatch, "desk", "import_roster")
    assert not await phone.house.documents(aim.ids["desk"], DeskFile("roster"))
    assert not await phone.house.awaits_file("web", "desk@web")
    await store.close()


#: What is done with the ledgers of months: tests/bot/ledgers.
OF_LEDGERS = (
    *(Action.READ_LEDGER, Action.WRITE_LEDGER, Action.ASSIGN_WORK),
    *(Action.KEEP_CATALOGUE, Action.IMPORT_WORK),
)
#: What is done with people's data: tests/bot/personal.
OF_DATA = (Action.READ_DATA, Action.ANSWER_DATA)
#: What is handed in for dossiers: test_enclosures.
OF_DOSSIERS = (Action.HAND_IN, Action.READ_PART)
#: Ballots that are held: test_polls.
OF_POLLS = (Action.HOLD_POLL,)
#: Opinions of bodies outside: test_inquiries.
OF_INQUIRIES = (Action.ASK_OUTSIDE, Action.RECEIVE_OUTSIDE)
#: Drafts sent round: test_rounds.
OF_ROUNDS = (
    *(Action.START_ROUND, Action.READ_ROUND, Action.ANSWER_ROUND, Action.WEIGH_POINTS),
    *(Action.READ_ANSWERS, Action.SETTLE_ROUND),
)

#: Meetings: test_meetings.
OF_MEETINGS = (
    *(Action.CALL_MEETING, Action.CHAIR_MEETING, Action.WRITE_MINUTES),
    *(Action.SPEAK, Action.READ_MEETING),
)


#: What units send up: test_upward.
OF_UPWARD = (
    *(Action.SEND_UP, Action.SEND_OUT, Action.READ_SENT),
    *(Action.RETURN_SENT, Action.CONSULT),
)


def test_every_cell_is_tried() -> None:
    cells = {(Relation(relation), Action(action)) for relation, action, *_ in (*_lines(CELLS), *_lines(TOLD))}
    papers = {(Relation(relation), Action.READ_PAPERS) for relation, *_ in _lines(PAPERS)}
    elsewhere = (*OF_LEDGERS, *OF_DATA, *OF_DOSSIERS, *OF_POLLS, *OF_ROUNDS, *OF_UPWARD, *OF_INQUIRIES)
    ledgers = {(relation, action) for relation in Relation for action in elsewhere}
    anew = {(relation, action) for relation in Relation for action in (Action.ASK_ANEW, Action.ANSWER_ANEW)}
    # tests/bot/turn/test_codes_given_anew.py
    haste = {(relation, action) for relation in Relation for action in (Action.HASTEN, Action.AGREE_HASTE)}
    givers = {(relation, action) for relation in (Relation.CODE_GIVER, Relation.DESK_CODE_GIVER) for action in Action}
    audit = {(Relation.DESK, Action.READ_AUDIT)}  # test_console_pages
    # test_meetings
    sits = {(relation, action) for relation in Relation for action in OF_MEETINGS}
    sits.add((Relation.MEMBER, Action.READ_PAPERS))
    # test_reports
    reports = {
        (one, action)
        for one in (Relation.DRAFTER, Relation.WRITER, Relation.AUTHOR, Relation.HANDED_ON)
        for action in Action
    }
    reports |= {(relation, action) for relation in Relation for action in (Action.NAME_DRAFTER, Action.GIVE_PART)}
    told = {(Relation.TOLD, Action.READ_RATING), *((one, Action.READ_PLAN) for one in Relation)}  # test_told
    assert cells | papers == ALLOWED - ledgers - anew - haste - givers - audit - told - sits - reports


@pytest.mark.parametrize(("relation", "action", "name", "who"), _lines(MORE))
async def test_with_one_cell_more_a_right_is_there(
    world: World, monkeypatch: pytest.MonkeyPatch, relation: str, action: str, name: str, who: str
) -> None:
    await rehearse(world, name)
    assert await mark(world, name, who) in {REFUSED, NOTHING}
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED | {(Relation(relation), Action(action))})
    attempt = attempted(name)
    store = await Store.open(world.copy(attempt.when))
    before = await kept(store)
    trying = await tried(store, world.aims[attempt.when], who, EVENTS[name])
    assert took_effect(attempt, who, trying, before, await kept(store)) == DONE
    await store.close()
