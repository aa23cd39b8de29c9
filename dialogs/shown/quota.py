"""A group under a quota as templates take it."""

from rules.campaign.deciding.quotas import QuotaState
from rules.nouns.reviews import Json


def quota_values(one: QuotaState) -> dict[str, Json]:
    """A group under a quota, as values of a template."""
    quota, key = one.share.quota, one.share.key
    return {
        "rating": quota.rating,
        "rated": one.share.rated,
        "at_most": one.allowed_at_most,
        "group": str(key.get("group", "")),
        "unit": str(key.get("unit", "")),
        "cite": quota.cite,
    }
