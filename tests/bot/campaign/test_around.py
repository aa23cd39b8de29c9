"""What stands around a review is found in every campaign of the same time, on both engines; of other times and offices nothing is."""

from dataclasses import replace

from bot.campaign.around import around_of
from bot.rulebooks.library import Library
from rules.nouns.rulings import Ruling
from rules.nouns.values import Rating, Subject
from storage.values import Opening
from tests.storage.house import AT, person, settle

SHELF = Library()


async def _begun(tx, campaign: int, who: int, rulebook: str, form: str) -> int:
    opening = Opening(who, campaign, rulebook, form, ())
    await tx.reviews.begin([opening])
    return (await tx.reviews.opened(campaign))[opening.key].id


async def test_the_forms_of_the_same_year_are_beside_each_other_whatever_their_campaign(store):
    async with store.transaction() as tx:
        office = await settle(tx)
        civil = await tx.campaigns.open(office.id, "decree-335-2025", 2026, {}, AT)
        party = await tx.campaigns.open(office.id, "party-2025", 2026, {}, AT)
        month = await tx.campaigns.open(office.id, "decree-335-2025", 2026, {}, AT, period="m10")
        before = await tx.campaigns.open(office.id, "party-2025", 2025, {}, AT)
        own = await _begun(tx, party.id, office.an, "party-2025", "mau-02b-hd-2025")
        form = await _begun(tx, civil.id, office.an, "decree-335-2025", "mau-02-335")
        await _begun(tx, month.id, office.an, "decree-335-2025", "mau-01-335")
        last = await _begun(tx, before.id, office.an, "party-2025", "mau-02b-hd-2025")
        await _begun(tx, civil.id, office.head, "decree-335-2025", "mau-02-335")
        await tx.campaigns.close(civil.id, AT)
        review = await tx.reviews.get(own)
        found = (await around_of(tx, SHELF, [review]))[own]
        deciding = (await around_of(tx, SHELF, [review], deciding=True))[own]
    assert [one.id for one in found.mine] == [form]
    assert (found.bodies, found.under, found.last_year) == ((), (), ())
    assert [one.id for one in deciding.last_year] == [last]


async def test_a_head_has_the_bodies_of_their_unit_and_of_those_below_and_a_body_its_head(store):
    async with store.transaction() as tx:
        office = await settle(tx)
        top = (await tx.people.get(office.director)).unit_id
        of_office = await tx.people.add(replace(person("Văn phòng Mẫu", top), subject=Subject.ORGANISATION), "TC01")
        of_room = await tx.people.add(
            replace(person("Phòng Tổng hợp", office.room), subject=Subject.ORGANISATION), "TC02"
        )
        campaign = await tx.campaigns.open(office.id, "decree-335-2025", 2026, {}, AT)
        of = {
            who: await _begun(tx, campaign.id, who, "decree-335-2025", "mau-02-335")
            for who in (office.director, office.head, of_office, of_room)
        }
        ruling = Ruling(1, 0, {"self_rating": Rating.GOOD}, office.director, "Đỗ Thị Giám", "Giám đốc", AT)
        await tx.rulings.rule(of[of_room], ruling)
        reviews = await tx.reviews.some(list(of.values()))
        found = await around_of(tx, SHELF, reviews, deciding=True)
    director, head, body = (found[of[who]] for who in (office.director, office.head, of_room))
    assert [one.id for one in director.bodies] == [of[of_office]]
    assert [[one.id for one in unit] for unit in director.under] == [[of[of_room]]]
    assert [(one.id, one.ruling.rating) for one in head.bodies] == [(of[of_room], Rating.GOOD)]
    assert head.under == ()
    assert [one.id for one in body.heads] == [of[office.head]]
