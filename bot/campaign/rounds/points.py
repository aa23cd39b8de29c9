"""The points from sheets in a part of a campaign, for each person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.nouns.sheets import SheetOutcome, Weights, outcome, weighted
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a person: sheet → outcome; and the combination by the office's weights (None: there are no weights,
    or a sheet is missing).
    """

    outcomes: Mapping[str, SheetOutcome] = field(default_factory=dict)
    weighted: Decimal | None = None

    @property
    def means(self) -> dict[str, float]:
        """Sheet → the mean of its points."""
        return {key: float(one.mean) for key, one in self.outcomes.items() if one.mean is not None}


@dataclass(frozen=True, slots=True)
class PointsOf:
    """The points of all people in a part of a campaign, and the `weights` that combine them."""

    people: Mapping[int, Points]
    weights: Weights | None = None


async def points_of(tx: Transaction, campaign: int, rulebook: str) -> PointsOf:
    """The points from every sheet that is over and was not sent anew."""
    weights = await tx.sheets.weights(campaign, rulebook)
    found = dict[int, dict[str, SheetOutcome]]()
    for talk in await tx.rounds.talks(await tx.rounds.sheets_of(campaign, rulebook)):
        came = outcome(talk)
        if came.mean is not None and talk.round.person is not None:
            found.setdefault(talk.round.person, {})[talk.round.key] = came
    return PointsOf({person: _come_to(of, weights) for person, of in found.items()}, weights)


def _come_to(outcomes: Mapping[str, SheetOutcome], weights: Weights | None) -> Points:
    means = {key: one.mean for key, one in outcomes.items() if one.mean is not None}
    return Points(outcomes, weighted(means, weights.weights) if weights else None)
