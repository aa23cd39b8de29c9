"""What sheets with points came to in a part of a campaign, person by person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.nouns.sheets import SheetOutcome, Weights, outcome, weighted
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Points:
    """Of somebody: sheet → what it came to; what all come to by the office's weights (None: there are none, or one is missing)."""

    outcomes: Mapping[str, SheetOutcome] = field(default_factory=dict)
    weighted: Decimal | None = None

    @property
    def means(self) -> dict[str, float]:
        """Sheet → the mean of its points."""
        return {key: float(one.mean) for key, one in self.outcomes.items() if one.mean is not None}


@dataclass(frozen=True, slots=True)
class PointsOf:
    """All of a part of a campaign. `weights`: by which they come to one."""

    people: Mapping[int, Points]
    weights: Weights | None = None


async def points_of(tx: Transaction, campaign: int, rulebook: str) -> PointsOf:
    """Of every sheet about somebody that is over and was not sent anew."""
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
