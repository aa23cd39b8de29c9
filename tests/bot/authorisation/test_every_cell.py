"""Who may do what with whose review, through the front door: every attempt by everybody, from a table written by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.roster.read import read_roster
from bot.turn.papers import bundle_of
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import AllPapers, DeskFile, Papers
from rules.campaign.permissions import ALLOWED, Action, Relation, relations, relations_to_office
from storage.store import Store
from tests.bot.authorisation.attempts import ATTEMPTS, Attempt
from tests.bot.authorisation.judging import DONE, OWN, judged, kept, rehearsed, tried
from tests.bot.authorisation.offices import office_a, office_b
from tests.bot.authorisation.world import MOMENTS, PEOPLE, STRANGERS, Aim, Life, World, phone_on

#: The attempt, the action it is by the rules, then a mark a person:
#:   x  it takes effect (or is read)
#:   .  refused: nothing changed, and the audit keeps who tried what, about whom, why
#:   -  nothing changed, and the person is told so: out of turn, nothing there, or an account that is nobody's
#:   o  it takes effect in the person's own office alone
#: `_2`: at the second step of the chain, where the head is the earlier step.
TABLE = """
    #                                    self head in_c auth st.i st.a old  desk coll b_se b_he b_ch b_de past left lost
    read_answers     read_draft          x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    answer           answer              x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    submit           submit              x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    withdraw         withdraw            x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    read_draft       read_draft          .    x    x    x    x    x    .    .    .    .    .    .    .    .    -    -
    read_draft_2     read_draft          .    x    x    x    -    x    .    .    .    .    .    .    .    .    -    -
    comment          comment             .    x    -    .    x    .    .    .    .    .    .    .    .    .    -    -
    comment_2        comment             .    -    x    .    -    .    .    .    .    .    .    .    .    .    -    -
    return           return              .    x    -    .    x    .    .    .    .    .    .    .    .    .    -    -
    return_2         return              .    -    x    .    -    .    .    .    .    .    .    .    .    .    -    -
    approve          approve             .    x    -    .    x    .    .    .    .    .    .    .    .    .    -    -
    approve_2        approve             .    -    x    .    -    .    .    .    .    .    .    .    .    .    -    -
    decide           decide              .    .    .    x    .    x    .    .    .    .    .    .    .    .    -    -
    redecide         redecide            .    .    .    x    .    x    .    .    .    .    .    .    .    .    -    -
    read_ruling      read_rating         .    .    .    x    .    x    .    .    .    .    .    .    .    .    -    -
    read_result      read_rating         x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    read_rating      read_rating         .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    acknowledge      acknowledge         x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    reserve          acknowledge         x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    petition         petition            x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    take_back        petition            x    .    .    .    .    .    .    .    .    .    .    .    .    .    -    -
    answer_petition  answer_petition     .    .    .    x    .    x    .    .    .    .    .    .    .    .    -    -
    rate_anew        answer_petition     .    .    .    x    .    x    .    .    .    .    .    .    .    .    -    -
    give_opinion     give_opinion        .    .    .    .    .    .    x    .    .    .    .    .    .    .    -    -
    record_opinion   record_outside      .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    record_outside   record_outside      .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    set_stand_in     set_stand_in        .    x    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    end_stand_in     set_stand_in        .    x    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    open_campaign    open_campaign       .    .    .    .    .    .    .    x    .    .    .    .    -    .    -    -
    move_dates       move_dates          .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    extend           move_dates          .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    close_campaign   close_campaign      .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    set_office       open_campaign       .    .    .    .    .    .    .    x    .    .    .    .    o    .    -    -
    import_roster    import_roster       -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
    invite           invite              .    x    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    revoke           untie               .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    untie            untie               .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    broadcast        broadcast           .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    read_progress    read_progress       .    .    .    .    .    .    .    x    .    .    .    .    .    .    -    -
    own_plan         -                   x    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
"""

#: The documents of the review: the moment, the version, then who gets them. The authority and the desk get a draft
#: once the chain has agreed with it, the chain once it was handed in.
PAPERS = """
    #                self head in_c auth st.i st.a old  desk coll b_se b_he b_ch b_de past left lost
    drafting     0   x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    sent         0   x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    sent         1   x    x    x    .    x    .    .    .    .    .    .    .    .    .    .    .
    handed_on    1   x    x    x    .    .    .    .    .    .    .    .    .    .    .    .    .
    approved     1   x    x    x    x    .    x    .    x    .    .    .    .    .    .    .    .
    decided      1   x    x    x    x    .    x    .    x    .    .    .    .    .    .    .    .
"""

OF_MEETINGS = (
    *(Action.CALL_MEETING, Action.CHAIR_MEETING, Action.WRITE_MINUTES),
    *(Action.SPEAK, Action.READ_MEETING),
)

OF_UPWARD = (
    *(Action.SEND_UP, Action.SEND_OUT, Action.READ_SENT),
    *(Action.RETURN_SENT, Action.CONSULT),
)

#: Allowed by the rules, and no attempt of this table: a roster is handed in as a file, and how far others are is read in
#: lists and refusals (both: test_table_alone); ledgers are of months (tests/bot/ledgers), people's data tests/bot/personal.
NOT_HERE = {
    # tests/bot/campaign/months/test_months.py
    *((relation, action) for relation in Relation for action in (Action.ASK_ANEW, Action.ANSWER_ANEW)),
    *((relation, action) for relation in Relation for action in (Action.READ_DATA, Action.ANSWER_DATA)),
    (Relation.DESK, Action.READ_AUDIT),  # tests/bot/authorisation/test_console_pages.py
    # tests/bot/authorisation/test_enclosures.py
    *((relation, action) for relation in Relation for action in (Action.HAND_IN, Action.READ_PART)),
    # tests/bot/authorisation/test_inquiries.py
    *((relation, action) for relation in Relation for action in (Action.ASK_OUTSIDE, Action.RECEIVE_OUTSIDE)),
    # tests/bot/authorisation/test_rounds.py
    *((relation, action) for relation in Relation for action in (Action.START_ROUND, Action.READ_ROUND)),
    *((relation, action) for relation in Relation for action in (Action.ANSWER_ROUND, Action.READ_ANSWERS)),
    *((relation, action) for relation in Relation for action in (Action.SETTLE_ROUND, Action.WEIGH_POINTS)),
    # tests/bot/authorisation/test_told.py
    (Relation.TOLD, Action.READ_RATING),
    *((relation, Action.READ_PLAN) for relation in Relation),
    *((relation, Action.HOLD_POLL) for relation in Relation),  # tests/bot/authorisation/test_polls.py
    # tests/bot/turn/test_codes_given_anew.py
    *((relation, action) for relation in Relation for action in (Action.HASTEN, Action.AGREE_HASTE)),
    *((relation, action) for relation in (Relation.CODE_GIVER, Relation.DESK_CODE_GIVER) for action in Action),
    # tests/bot/authorisation/test_reports.py
    *(
        (one, action)
        for one in (Relation.DRAFTER, Relation.WRITER, Relation.AUTHOR, Relation.HANDED_ON)
        for action in Action
    ),
    *((relation, action) for relation in Relation for action in (Action.NAME_DRAFTER, Action.GIVE_PART)),
    # tests/bot/authorisation/test_meetings.py
    *((relation, action) for relation in Relation for action in OF_MEETINGS),
    (Relation.MEMBER, Action.READ_PAPERS),
    *((relation, action) for relation in Relation for action in OF_UPWARD),  # tests/bot/authorisation/test_upward.py
    (Relation.DESK, Action.IMPORT_ROSTER),
    (Relation.DESK, Action.KEEP_CATALOGUE),
    (Relation.DESK, Action.IMPORT_WORK),
    *((relation, Action.READ_LEDGER) for relation in Relation),
    *((relation, Action.WRITE_LEDGER) for relation in Relation),
    *((relation, Action.ASSIGN_WORK) for relation in Relation),
    *((relation, Action.READ_PROGRESS) for relation in set(Relation) - {Relation.DESK}),
}


def _lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines() if line.strip() and "#" not in line]


CELLS = {name: dict(zip(PEOPLE, marks, strict=True)) for name, _, *marks in _lines(TABLE)}
ACTION_OF = {name: action for name, action, *_ in _lines(TABLE)}
KINDS = ("pages", "docx", "pdf")


@pytest.mark.parametrize("name", CELLS)
async def test_everybody_gets_what_the_table_says(world: World, name: str) -> None:
    attempt = ATTEMPTS[name]
    assert await everybody_tries(world, attempt) == CELLS[name]


async def everybody_tries(world: World, attempt: Attempt) -> dict[str, str]:
    """The mark of everybody. What took effect is tried by the next on a copy of its own."""
    events, aim = await rehearsed(world, attempt), world.aims[attempt.when]
    store = await Store.open(world.copy(attempt.when))
    found = {}
    for who in PEOPLE:
        before = await kept(store)
        trying = await tried(store, aim, who, events)
        found[who] = judged(attempt, who, trying, before, await kept(store))
        if found[who] in {DONE, OWN}:
            await store.close()
            store = await Store.open(world.copy(attempt.when))
    await store.close()
    return found


def test_the_table_has_every_attempt() -> None:
    assert set(CELLS) == set(ATTEMPTS)


async def test_what_takes_effect_is_what_the_rules_allow(world: World) -> None:
    done = set()
    for when in MOMENTS:
        store = await Store.open(world.copy(when))
        for name, who in ((name, who) for name in CELLS for who in PEOPLE if ATTEMPTS[name].when == when):
            if CELLS[name][who] == DONE and ACTION_OF[name] != "-":
                held = await held_by(store, world.aims[when], ATTEMPTS[name], who)
                allowed = {(relation, Action(ACTION_OF[name])) for relation in held} & ALLOWED
                assert allowed, f"{who} does {name}, which the rules do not allow"
                done |= allowed
        await store.close()
    papers = {(relation, Action.READ_PAPERS) for relation in Relation} & ALLOWED
    assert done == ALLOWED - papers - NOT_HERE


async def held_by(store: Store, aim: Aim, attempt: Attempt, who: str) -> frozenset[Relation]:
    """What somebody is to whatever the attempt is about."""
    async with store.reading() as tx:
        person = await tx.people.get(aim.ids[who])
        review = await tx.reviews.get(aim.outside if attempt.about == "outside" else aim.review)
        acts_for = await tx.covers.acts_for(person.id, phone_on(store, who).house.clock().date())
        asked = await tx.opinions.asked_of([person.id])
        head = await tx.people.get(aim.ids["head"])
    assert review is not None
    if attempt.about == "head":
        return relations_to_office(person, head.office) | ({Relation.SELF} if person.id == head.id else set())
    return relations(person, review, acts_for, asked=bool(asked))


@pytest.mark.parametrize(("when", "version", "marks"), [(one[0], int(one[1]), one[2:]) for one in _lines(PAPERS)])
async def test_documents_are_for_whom_the_table_says(world: World, when: str, version: int, marks: list[str]) -> None:
    aim, store = world.aims[when], await Store.open(world.copy(when))
    house, found = phone_on(store, "self").house, {}
    before = await kept(store)
    for who, mark in zip(PEOPLE, marks, strict=True):
        kinds = ("docx",) if mark == DONE else KINDS
        found[who] = DONE if await house.documents(aim.ids[who], Papers(aim.review, version, kinds)) else "."
    assert found == dict(zip(PEOPLE, marks, strict=True))
    assert (await kept(store)).rows == before.rows
    async with store.reading() as tx:
        told = [(one.what, one.by_person) for one in await tx.audit.of_review(aim.review)]
    readers = [aim.ids[who] for who, mark in found.items() if mark == DONE and who != "self"]
    assert [by for what, by in told if what == "papers taken out"] == readers
    for who in STRANGERS:
        assert await house.who("web", f"{who}@web") is None
    await store.close()


@pytest.mark.parametrize(
    ("who", "kinds"), [("authority", KINDS), ("b_head", KINDS), ("b_head", ("pages",)), ("colleague", ("pdf",))]
)
async def test_every_kind_of_document_is_held_alike(world: World, who: str, kinds: tuple[str, ...]) -> None:
    aim, store = world.aims["decided"], await Store.open(world.copy("decided"))
    for version, ruling in ((1, 0), (1, 1), (0, 0), (2, 0)):
        files = await phone_on(store, who).house.documents(aim.ids[who], Papers(aim.review, version, kinds, ruling))
        assert {file.kind for file in files} == (
            {"page", "docx", "pdf"} if who == "authority" and version == 1 else set()
        )
    await store.close()


async def test_the_papers_of_all_are_for_the_desk_of_the_office(world: World) -> None:
    aim, store = world.aims["decided"], await Store.open(world.copy("decided"))
    house = phone_on(store, "self").house
    async with store.reading() as tx:
        review = await tx.reviews.get(aim.review)
    for wanted in (AllPapers(aim.campaign), AllPapers(aim.campaign, review.person.unit_id)):
        found = {who: await house.parcel(aim.ids[who], wanted) for who in PEOPLE}
        assert {who for who, parcel in found.items() if parcel} == {"desk"}
    async with store.reading() as tx:
        sent = (await bundle_of(tx, aim.ids["desk"], AllPapers(aim.campaign), house.clock())).papers
    assert aim.review in {one.review for one in sent}
    await store.close()
    store = await Store.open(world.copy("sent"))
    async with store.reading() as tx:
        sent = (await bundle_of(tx, aim.ids["desk"], AllPapers(aim.campaign), house.clock())).papers
    assert aim.review not in {one.review for one in sent}, "the chain has not agreed"
    await store.close()


@pytest.mark.parametrize(
    ("when", "who", "taken"),
    [
        ("decided", "desk", True),
        ("decided", "head", True),
        ("sent", "desk", False),
        ("sent", "head", True),
        ("decided", "colleague", False),
        ("decided", "authority", False),
        ("decided", "b_desk", False),
        ("decided", "b_head", False),
    ],
)
async def test_the_papers_of_one_are_handed_to_whom_may_have_them(
    world: World, when: str, who: str, *, taken: bool
) -> None:
    aim, store = world.aims[when], await Store.open(world.copy(when))
    phone, person = phone_on(store, who), str(aim.ids["self"])
    for button in (Button("crew_papers", 0, (person,)), Button("crew_paper", 0, (person, str(aim.review)))):
        replies = (await phone.does(Pressed(button))).replies
        assert any(reply.attached for reply in replies) == taken
    await store.close()


async def test_files_of_an_office_are_for_its_own_desk(world: World) -> None:
    aim, store = world.aims["decided"], await Store.open(world.copy("decided"))
    before, found = await kept(store), {}
    for who in PEOPLE:
        house = phone_on(store, who).house
        found[who] = await house.documents(aim.ids[who], DeskFile("roster"))
        assert not await house.documents(aim.ids[who], DeskFile("nothing")), "there is none of that name"
    assert {who for who, files in found.items() if files} == {"desk", "b_desk"}
    for who, office in (("desk", office_a()), ("b_desk", office_b())):
        (file,) = found[who]
        assert read_roster(file.content).office.name == office.roster.office.name
    assert (await kept(store)).rows == before.rows
    await store.close()


#: A handful of rows on PostgreSQL: of an opinion, of an authority outside, of people, of the desk, of the chain.
ON_POSTGRES = ("give_opinion", "record_outside", "invite", "move_dates", "approve")


@pytest.mark.postgres
async def test_postgresql_holds_the_same(world: World, postgres_url: str, tmp_path: Path) -> None:
    life = await Life.begins(postgres_url, tmp_path)
    for happens in (MOMENTS["drafting"], MOMENTS["sent"]):
        await happens(life)  # type: ignore[misc]
    aim = await life.aim()
    same = replace(aim, opinion_outside=world.aims["sent"].opinion_outside)  # its number skips there
    assert same == world.aims["sent"], "the same ids, so that the same buttons are pressed"
    for name in ON_POSTGRES:
        await _refused_on(life, aim, name, await rehearsed(world, ATTEMPTS[name]))
    await life.a.ends()


async def _refused_on(life: Life, aim: Aim, name: str, events: list) -> None:
    """Everybody of whom the table says so; at the very end the rightful one."""
    store, attempt = life.a.store, ATTEMPTS[name]
    last = [attempt.by] if name == ON_POSTGRES[-1] else []
    for who in [*(who for who, mark in CELLS[name].items() if mark in {".", "-"}), *last]:
        before = await kept(store)
        trying = await tried(store, aim, who, events)
        assert judged(attempt, who, trying, before, await kept(store)) == CELLS[name][who], (name, who)
