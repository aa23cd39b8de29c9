"""What a person owes in several open campaigns, in order, and which of it the conversation is about."""

import datetime as dt
from dataclasses import replace

from rules.campaign.at_work import at_work, in_order
from rules.nouns.reviews import Draft, Review, ReviewStatus
from tests.dialogs.small_office import draft, review

TODAY = dt.date(2026, 11, 29)
AT = dt.datetime(2026, 11, 6, 8, 0, tzinfo=dt.UTC)


def of(id_: int, period: str, due: dt.date | None, *, campaign: int = 0, sent: bool = False) -> Review:
    one = review(draft(), review_id=id_)
    days = {"self_review": due} if due else {}
    where = replace(one.campaign, id=campaign or id_, year=2026, period=period, timetable=days)
    given = (Draft(1, "a" * 64, {}, None, None, AT + dt.timedelta(minutes=id_)),) if sent else ()
    status = ReviewStatus.SUBMITTED if sent else ReviewStatus.DRAFTING
    return replace(one, campaign=where, status=status, drafts=given, decisions=())


YEAR = of(1, "year", dt.date(2026, 12, 1))
SEPTEMBER, OCTOBER = of(2, "m09", dt.date(2026, 10, 5)), of(3, "m10", dt.date(2026, 11, 5))
NOVEMBER, DECEMBER = of(4, "m11", dt.date(2026, 12, 5)), of(5, "m12", dt.date(2027, 1, 5))


def ids(*mine: Review) -> list[int]:
    return [one.id for one in in_order(mine, TODAY)]


def test_what_is_due_first_comes_first_and_a_month_that_has_begun_before_the_year_it_counts_in() -> None:
    # 335/2025 Điều 17.3: the year's points are the mean of the months'. December has not begun: it waits for its day.
    assert ids(YEAR, DECEMBER, NOVEMBER, OCTOBER, SEPTEMBER) == [2, 3, 4, 1, 5]


def test_without_a_last_day_a_form_comes_after_those_that_have_one() -> None:
    assert ids(of(6, "h2", None), SEPTEMBER) == [2, 6]


def test_what_has_no_last_day_goes_month_by_month_and_then_the_year() -> None:
    # The short months must not come first: a year is filled from its first month to its last.
    months = [of(40 + number, f"m{number:02}", None) for number in range(1, 13)]
    assert ids(of(40, "year", None), *reversed(months)) == [*range(41, 53), 40]


def test_the_forms_of_one_campaign_stay_in_their_order_whatever_their_days() -> None:
    civil = of(11, "year", dt.date(2026, 12, 10), campaign=9)
    party = of(12, "year", dt.date(2026, 12, 1), campaign=9)
    assert ids(civil, party, SEPTEMBER) == [2, 11, 12]
    assert at_work((civil, party), pressed=party.id) == civil


def test_what_was_sent_comes_last_with_the_newest_period_first() -> None:
    sent = [of(number, period, None, sent=True) for number, period in ((21, "m08"), (22, "m10"), (23, "m09"))]
    assert ids(*sent, YEAR) == [1, 22, 23, 21]


def test_a_button_leads_to_its_review_and_that_stays_at_work_while_it_is_owed() -> None:
    sent = of(24, "m08", None, sent=True)
    mine = in_order((sent, YEAR, NOVEMBER, OCTOBER), TODAY)
    assert at_work(mine) == OCTOBER
    assert at_work(mine, pressed=YEAR.id) == YEAR
    assert at_work(mine, kept=NOVEMBER.id) == NOVEMBER
    assert at_work(mine, pressed=sent.id, kept=NOVEMBER.id) == sent
    assert at_work(mine, kept=sent.id) == OCTOBER
    assert at_work((), pressed=7) is None


def test_where_nothing_is_owed_the_last_that_was_sent_is_at_hand() -> None:
    mine = in_order([of(number, period, None, sent=True) for number, period in ((31, "m08"), (32, "m07"))], TODAY)
    found = at_work(mine)
    assert found is not None
    assert found.id == 32
