"""Lists and counts of a campaign, made by the database, beside what plain Python makes of the same rows: of any office, for any eyes."""

import datetime as dt
import random
from collections import Counter

import pytest
import sqlalchemy as sa

from rules.book.procedure import UNIT_STEPS
from rules.campaign.looking.oversight import AGREED, Oversight, may_read_papers
from rules.campaign.looking.wanted import RATINGS, STATES, Wanted
from rules.campaign.permissions import Action, Relation, may
from rules.nouns.reviews import OWED, RULED, Answer, Outcome, ReviewStatus, is_ready
from rules.nouns.values import Rating, Subject
from storage.repositories.lists import overview
from storage.rows.sights import Sight
from storage.tables import ANSWER, DECISION, DRAFT, ENDORSEMENT, EXTENSION, PERSON, POST, REVIEW, RULING
from tests.storage.house import AT, HANOI, begun, person

_DAY = dt.timedelta(days=1)
_TODAY = dt.date(2026, 12, 5)
_EMPTY = dict.fromkeys(("remarks", "measures", "reason", "cite", "document", "signer", "prospects"), "")
_ACTED = {"by_name": "", "by_position": "", "comment": "", "device": {}}
_PARTY_FORM = ("mau-2026", "mau-dang")


async def lived(store, office, seed: int) -> None:
    """An office in which anything may have happened."""
    chance = random.Random(seed)
    async with store.transaction() as tx:
        units = [office.room, *[await tx.units.keep_unit(office.id, f"Phòng {n}", office.room) for n in range(2)]]
        people = [office.head, office.director]
        for number in range(14):
            one = person(f"Người Thứ {chance.choice('ABCĐ')}", chance.choice(units))
            people.append(await tx.people.add(one, f"X{number:02}"))
        for number, who in enumerate(people):
            chain = chance.sample([one for one in people if one != who], chance.randint(0, 2))
            for form in chance.sample(["mau-02", "mau-dang"], chance.randint(1, 2)):
                review = await begun(tx, office.campaign, who, *chain, form=form)
                post = await _post(tx, chance, who, units) if chance.random() < 0.2 else 0
                await _happened(tx, chance, review, post, people)
                if chance.random() < 0.3:
                    until = _TODAY + chance.randint(-1, 1) * _DAY
                    kept = {
                        "review_id": review,
                        "until": until,
                        "reason": "Ốm",
                        "by": office.head,
                        "by_name": "",
                        "at": AT,
                    }
                    await tx.connection.execute(EXTENSION.insert().values(**kept))
            if number % 7 == 6:
                await tx.connection.execute(PERSON.update().where(PERSON.c.id == who).values(left_on=AT.date()))
        await tx.commit()


async def _post(tx, chance, who, units) -> int:
    there = sa.select(POST.c.id).where(POST.c.person_id == who)
    found = (await tx.connection.execute(there)).scalars().first()
    values = {"person_id": who, "unit_id": chance.choice(units), "position": "Kiêm nhiệm"}
    flags = {"leader": False, "head": False, "deputy": False}
    if not found:
        await tx.connection.execute(POST.insert().values(**values, **flags))
        found = (await tx.connection.execute(there)).scalars().first()
    return found


async def _happened(tx, chance, review: int, post: int, people) -> None:
    status = chance.choice([*ReviewStatus])
    at = AT + chance.randint(0, 4) * _DAY + dt.timedelta(hours=chance.randint(0, 23))
    sent = 0 if status is ReviewStatus.DRAFTING and chance.random() < 0.7 else chance.randint(1, 2)
    if status in OWED and not sent and chance.random() < 0.5:
        who = (await tx.reviews.some([review]))[0].person.id
        await tx.reviews.keep_answer(review, "alpha", Answer("x"), who, at)
    ratings = [*Rating, None]
    for version in range(1, sent + 1):
        values = {"fingerprint": f"{review}-{version}", "answers": {}, "device": {}}
        rated = {"self_rating": chance.choice(ratings), "suggested": chance.choice(ratings)}
        made = DRAFT.insert().values(
            review_id=review, version=version, submitted_at=at - (2 - version) * _DAY, **values, **rated
        )
        draft = (await tx.connection.execute(made)).inserted_primary_key[0]
        if chance.random() < 0.6:
            acted = {"draft_id": draft, "by": chance.choice(people), "at": at + _DAY / 3, **_ACTED}
            outcome = chance.choice([*Outcome])
            await tx.connection.execute(DECISION.insert().values(outcome=outcome, sections=[], points={}, **acted))
        if chance.random() < 0.5:
            acted = {"draft_id": draft, "by": chance.choice(people), "at": at, **_ACTED}
            await tx.connection.execute(ENDORSEMENT.insert().values(step=0, role="unit_head", **acted))
    rulings = chance.randint(1, 2) if status in RULED else 0
    for number in range(1, rulings + 1):
        by = {"by": chance.choice(people), "by_name": "", "by_position": "", "device": {}}
        told = {"rating": chance.choice(ratings), "ratings": {}, "at": at + number * _DAY, **_EMPTY}
        await tx.connection.execute(RULING.insert().values(review_id=review, number=number, version=sent, **by, **told))
    changed = {"status": status, "version": sent, "ruling": rulings, "post_id": post}
    if chance.random() < 0.5:
        changed["decider_id"] = chance.choice(people)
    if status is not ReviewStatus.SUBMITTED or chance.random() < 0.3:
        changed |= {"approver_id": None, "approver_role": chance.choice(["unit_head", "authority"])}
    await tx.connection.execute(REVIEW.update().where(REVIEW.c.id == review).values(**changed))


async def eyes(tx, office, seed: int) -> list[Oversight]:
    """The desk; a head of two units who stands in for somebody; who leads another; somebody who is nothing but a step of chains."""
    chance = random.Random(seed)
    units = sorted((await tx.units.of_office(office.id)).values())
    people = [await tx.people.get(one) for one in chance.sample([office.head, office.director, office.an], 3)]
    desk, *others = await _desk(tx, people[0]), *people[1:]
    heads = {one.id: [one.unit_id] if one.head else [] for one in people}
    first = chance.sample(units, 2)
    return [
        Oversight(desk, {Relation.UNIT_HEAD: heads[desk.id]}),
        Oversight(others[0], {Relation.UNIT_HEAD: [*first, *heads[others[0].id]]}, (others[1].id,)),
        Oversight(others[1], {Relation.IN_CHARGE: units[:1], Relation.UNIT_HEAD: heads[others[1].id]}),
        Oversight(others[1], {Relation.UNIT_HEAD: heads[others[1].id]}, (desk.id,)),
    ]


async def _desk(tx, someone):
    await tx.connection.execute(PERSON.update().where(PERSON.c.id == someone.id).values(desk=True))
    return await type(tx.people)(tx.connection, type(tx.held)()).get(someone.id)


class Reckoned:
    """The same in plain Python: every row is read, and asked for itself."""

    def __init__(self, sight: Sight, lines, rows) -> None:
        self.sight, self.lines, self._rows = sight, lines, rows

    @classmethod
    async def of(cls, tx, sight: Sight) -> "Reckoned":
        rows = {}
        for table in (REVIEW, DRAFT, DECISION, RULING, ENDORSEMENT, ANSWER):
            rows[table.name] = (await tx.connection.execute(sa.select(table))).mappings().all()
        return cls(sight, await tx.standings.of_campaign(sight.campaign, AT.date()), rows)

    def seen(self):
        for line in self.lines:
            party = (
                line.person.subject is Subject.PARTY_MEMBER
                or (line.campaign.rulebook, line.form) in self.sight.party_forms
            )
            held = self.sight.oversight.to_review(line) | (
                {Relation.EARLIER_STEP} if self._walked(line.review) else set()
            )
            of_unit = frozenset() if party and not self.sight.oversight.whole else self._to_unit(line)
            if may(held | of_unit, Action.READ_PROGRESS):
                yield line, held

    def _to_unit(self, line):
        return self.sight.oversight.to_unit(line.person.office, line.person.unit_id)

    def _draft(self, review: int):
        version = next(one["version"] for one in self._rows["review"] if one["id"] == review)
        return next(
            (one for one in self._rows["draft"] if (one["review_id"], one["version"]) == (review, version)), None
        )

    def _walked(self, review: int) -> bool:
        draft, me = self._draft(review), self.sight.oversight.person.id
        return draft is not None and any(
            (one["draft_id"], one["by"]) == (draft["id"], me) for one in self._rows["endorsement"]
        )

    def state(self, line) -> str:
        begun_ = any(one["review_id"] == line.review for one in self._rows["answer"])
        by_status = {
            "returned": "returned",
            "final": "acknowledged",
            "decided": "decided",
            "appealed": "decided",
            "approved": "agreed",
        }
        if line.status is ReviewStatus.SUBMITTED:
            return "sent" if line.approver_id else "agreed"
        return by_status.get(line.status.value) or ("drafting" if begun_ else "not_begun")

    def tallies(self) -> Counter:
        found, since = Counter(), {}
        for line, held in self.seen():
            state, draft = self.state(line), self._draft(line.review)
            in_time = line.extension is not None and line.extension.until >= _TODAY
            late = line.status in OWED and line.campaign.rulebook in self.sight.overdue and not in_time
            found["unit", line.person.unit_id, state, int(late)] += 1
            if draft:
                self._of_draft(found, line, held, draft)
            holder = line.approver_id if state == "sent" else line.decider_id if state == "agreed" else None
            if holder:
                key = ("holder", holder, state, 0)
                found[key] += 1
                since[key] = min(filter(None, (since.get(key), draft and draft["submitted_at"])), default=None)
            if line.status in RULED:
                rulings = [one for one in self._rows["ruling"] if one["review_id"] == line.review]
                first, last = min(rulings, key=lambda one: one["number"]), max(rulings, key=lambda one: one["number"])
                found["decided", 0, _day(first["at"]), 0] += 1
                if may(held, Action.READ_RATING):
                    found["ruled", 0, last["rating"] or "none", 0] += 1
        return Counter({(*key, since.get(key)): lines for key, lines in found.items()})

    def _of_draft(self, found, line, held, draft) -> None:
        nobodys = line.status is ReviewStatus.SUBMITTED and not line.approver_id
        agreed = line.status in AGREED or is_ready(line.status, line.approver_id)
        assert agreed == (line.status in AGREED or nobodys)
        if may(held, Action.READ_DRAFT) or may_read_papers(held, agreed=agreed):
            found["own", 0, draft["self_rating"] or "none", 0] += 1
            past = not line.owed and (
                line.status is not ReviewStatus.SUBMITTED or nobodys or line.approver_role not in UNIT_STEPS
            )
            concluded = self.sight.concluded.get(line.review)
            if past or concluded:
                found["proposed", 0, concluded or draft["self_rating"] or "none", 0] += 1
        if not line.owed:
            found["sent", 0, _day(draft["submitted_at"]), 0] += 1
        if agreed:
            approved = [
                one["at"]
                for one in self._rows["decision"]
                if one["draft_id"] == draft["id"] and one["outcome"] == Outcome.APPROVED
            ]
            found["agreed", 0, _day((approved or [draft["submitted_at"]])[0]), 0] += 1


def _day(at: dt.datetime) -> str:
    return at.astimezone(HANOI).date().isoformat()


@pytest.mark.parametrize("seed", range(6))
async def test_counts_of_a_campaign_are_those_of_its_rows_for_any_eyes(store, office, seed):
    await lived(store, office, seed)
    counted = 0
    async with store.transaction() as tx:
        for oversight in await eyes(tx, office, seed):
            sight = Sight(oversight, office.id, office.campaign, [_PARTY_FORM], ["mau-2026"] * (seed % 2), _TODAY)
            reckoned = await Reckoned.of(tx, sight)
            assert (
                Counter({tuple(one[:-1]): one.lines for one in await tx.overview.tallies(sight)}) == reckoned.tallies()
            )
            states = Counter(reckoned.state(line) for line, _ in reckoned.seen())
            assert Counter(await tx.overview.states(sight)) == states
            for state in STATES[:-1]:
                assert await tx.overview.count(sight, Wanted(dot=office.campaign, state=state)) == states[state]
            counted += states.total()
    assert counted


@pytest.mark.parametrize("seed", range(3))
async def test_what_meetings_concluded_is_counted_as_the_list_filters_by_it(store, office, seed):
    await lived(store, office, seed)
    chance, told = random.Random(seed), 0
    async with store.transaction() as tx:
        reviews = (await tx.connection.execute(sa.select(REVIEW.c.id))).scalars().all()
        concluded = {one: chance.choice([*Rating]).value for one in reviews if chance.random() < 0.5}
        for oversight in await eyes(tx, office, seed):
            sight = Sight(oversight, office.id, office.campaign, [_PARTY_FORM], concluded=concluded)
            reckoned = (await Reckoned.of(tx, sight)).tallies()
            assert Counter({tuple(one[:-1]): one.lines for one in await tx.overview.tallies(sight)}) == reckoned
            for word in RATINGS:
                found = await tx.overview.count(sight, Wanted(dot=office.campaign, proposed=word))
                assert found == reckoned["proposed", 0, word, 0, None]
                told += found
    assert told


@pytest.mark.parametrize("seed", range(3))
async def test_a_list_by_activity_stands_in_the_order_of_the_days_it_shows(store, office, seed, monkeypatch):
    await lived(store, office, seed)
    chance = random.Random(seed)
    async with store.transaction() as tx:
        reviews = (await tx.connection.execute(sa.select(REVIEW.c.id, REVIEW.c.status, REVIEW.c.person_id))).all()
        # What was handed in stands in the audit later than its last answer.
        for review, status, who in reviews:
            said = {"question": "alpha", "value": "x", "note": "", "skipped": False, "round": 0}
            when = AT + chance.randint(0, 5) * _DAY
            await tx.connection.execute(ANSWER.insert().values(review_id=review, by=who, at=when, **said))
            if status not in OWED or chance.random() < 0.5:
                at = AT + chance.randint(-3 if status in OWED else 6, 9) * _DAY
                await tx.audit.record("system", "submitted", at, review_id=review)
        sight = Sight((await eyes(tx, office, seed))[0], office.id, office.campaign, [_PARTY_FORM])
        for down in (False, True):
            wanted = Wanted(dot=office.campaign, by="active", down=down)
            shown = [
                one.active or dt.datetime.min.replace(tzinfo=dt.UTC)
                for one in await tx.overview.lines(sight, wanted, _TODAY)
            ]
            assert shown == sorted(shown, reverse=down)
            assert len({*shown}) > 2
        # Pages of those with whom something happened lately are the same as those made of everybody.
        wanted, quick = Wanted(dot=office.campaign, by="active", down=True), 0
        for eye in await eyes(tx, office, seed):
            sight = Sight(eye, office.id, office.campaign, [_PARTY_FORM])
            for most in (1, 4):
                monkeypatch.setattr(overview, "DEEDS_A_LINE", 0)
                lately = await tx.overview.lines(sight, wanted, _TODAY, most)
                quick += len(await tx.overview._lately_active(sight, wanted, most)) == most
                monkeypatch.setattr(overview, "DEEDS_A_LINE", 2)
                assert await tx.overview.lines(sight, wanted, _TODAY, most) == lately
                quick += len(await tx.overview._lately_active(sight, wanted, most)) == most
                monkeypatch.setattr(overview, "MOST_DEEDS", -1)
                assert await tx.overview.lines(sight, wanted, _TODAY, most) == lately
                monkeypatch.undo()
        assert quick
