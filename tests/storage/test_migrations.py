"""A database of the first version, with people and their reviews in it, becomes one of today and loses nothing."""

import pytest
import sqlalchemy as sa
from alembic import command

from rules.nouns.reviews import ReviewStatus, Step
from storage import Store, upgrade
from storage.engine import database_at
from storage.schema import _config

AT = "2026-11-02 01:30:00"

#: Two campaigns of one office and year side by side, as the first version allowed.
FIRST_VERSION = f"""
INSERT INTO office (id, name, parent) VALUES (1, 'Văn phòng Mẫu', 'UBND tỉnh Mẫu');
INSERT INTO unit (id, office_id, parent_id, name, desk) VALUES (1, 1, NULL, 'Phòng Tổng hợp', false);
INSERT INTO person (id, office_id, unit_id, roster_key, previous_keys, name, position, subject, leader, head, deputy,
  party_member, serves_public, language) VALUES
  (1, 1, 1, 'CB01', '[]', 'Lê Văn Trưởng', 'Trưởng phòng', 'official', true, true, false, true, false, 'vi'),
  (2, 1, 1, 'CB02', '[]', 'Nguyễn Thị An', 'Chuyên viên', 'official', false, false, false, true, false, 'vi');
INSERT INTO conversation (person_id, focus) VALUES (1, NULL), (2, NULL);
INSERT INTO campaign (id, office_id, rulebook, year, timetable, opened_at, closed_at) VALUES
  (1, 1, 'decree-335-2025', 2026, '{{"self_review": "2026-11-28"}}', '{AT}', NULL),
  (2, 1, 'party-2025', 2026, '{{}}', '{AT}', NULL);
INSERT INTO review (id, person_id, campaign_id, form, status, answers, approver_id, approver_role, comment, version,
  revision) VALUES
  (1, 2, 1, 'mau-02-335', 'submitted', '{{"q1": {{"value": "good"}}}}', 1, 'unit_head', '', 1, 3),
  (2, 2, 2, 'mau-02b-hd-2025', 'drafting', '{{}}', NULL, 'authority', '', 0, 0);
INSERT INTO answer (id, review_id, question, value, note, skipped, round, at, by) VALUES
  (1, 1, 'q1', '"good"', '', false, 0, '{AT}', 2);
INSERT INTO draft (id, review_id, version, fingerprint, answers, self_rating, suggested, submitted_at) VALUES
  (1, 1, 1, 'aaaa', '{{"q1": {{"value": "good"}}}}', 'good', 'good', '{AT}');
INSERT INTO account (id, channel, external_id, person_id, tied_at, untied_at, blocked_at) VALUES
  (1, 'web', 'x', 1, '{AT}', NULL, NULL);
INSERT INTO invitation (id, code, person_id, kind, issued_at, expires_at, used_at, revoked_at) VALUES
  (1, 'USEDUSEDUSED', 1, 'roster', '{AT}', '2026-12-31 00:00:00', '{AT}', NULL),
  (2, 'NEWPHONE2222', 1, 'roster', '{AT}', '2026-12-31 00:00:00', NULL, NULL),
  (3, 'FIRSTFIRST22', 2, 'roster', '{AT}', '2026-12-31 00:00:00', NULL, NULL);
"""


async def _run(url, work) -> None:
    database = database_at(url)
    async with database.writing() as connection:
        await connection.run_sync(work)
        await connection.commit()
    await database.close()


def _first_version(connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def _filled(connection) -> None:
    for statement in FIRST_VERSION.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)


@pytest.fixture
async def grown(empty_url):
    await _run(empty_url, _first_version)
    await _run(empty_url, _filled)
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    yield store
    await store.close()


async def test_reviews_keep_their_answers_drafts_and_approvers(grown):
    async with grown.reading() as tx:
        review = await tx.reviews.get(1)
        history = await tx.reviews.history(1)
    assert (review.status, review.approver_id, review.steps) == (ReviewStatus.SUBMITTED, 1, (Step("unit_head", 1),))
    assert (review.campaign.rulebook, review.campaign.year, review.campaign.period) == ("decree-335-2025", 2026, "year")
    assert review.campaign.timetable["self_review"].isoformat() == "2026-11-28"
    assert review.draft.answers["q1"].value == "good"
    assert [question for question, _ in history] == ["q1"]


async def test_two_campaigns_of_one_year_go_on_side_by_side(grown):
    async with grown.reading() as tx:
        parts = [(part.id, part.rulebook) for part in await tx.campaigns.open_ones()]
        mine = [review.form for review in await tx.reviews.mine(2)]
    assert parts == [(1, "decree-335-2025"), (2, "party-2025")]
    assert mine == ["mau-02-335", "mau-02b-hd-2025"]


async def test_a_new_status_may_be_written_and_a_wrong_one_not(grown):
    async with grown.transaction() as tx:
        await tx.reviews.end([2])
        with pytest.raises(sa.exc.IntegrityError):
            await tx.connection.execute(sa.text("UPDATE review SET status = 'lost' WHERE id = 1"))


async def test_a_code_for_who_is_in_that_nobody_was_asked_about_opens_nothing_any_more(grown):
    """Codes given when they did not wait yet: that of a newcomer holds."""
    async with grown.reading() as tx:
        found = await tx.connection.execute(sa.text("SELECT id FROM invitation WHERE revoked_at IS NOT NULL"))
        assert [row.id for row in found] == [2]
        (line,) = await tx.audit.of_person(1)
    assert (line.what, line.by, line.detail) == ("invitations revoked", "system", {"upgrade": "0018"})
