"""The particulars shared by all papers of a campaign."""

import datetime as dt

from bot.clock import ZONE
from rules.nouns.reviews import Campaign
from storage.transaction import Transaction
from templates.documents.summaries.page import Made


async def made_of(tx: Transaction, campaign: Campaign, now: dt.datetime) -> Made:
    """The particulars: the office and its superior body, the place of signature, and the instant."""
    office, above, place = await tx.units.office(campaign.office), "", ""
    if office is not None:
        above = await tx.units.above(office)
        place = (await tx.units.settings(office)).place
    return Made(campaign.office, above, place, campaign.year, campaign.period, now.astimezone(ZONE))
