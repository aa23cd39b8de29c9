"""`make bench`: prints one line for each figure."""

from collections.abc import Callable

from bench import (
    ballots,
    bulk,
    campaign,
    console,
    dialog,
    documents,
    ledgers,
    loading,
    meetings,
    pages,
    parcels,
    suggestions,
    wire,
)

FIGURES: tuple[Callable[[], str], ...] = (
    suggestions.measure,
    bulk.measure,
    loading.measure,
    dialog.measure,
    wire.measure,
    pages.measure,
    console.measure,
    parcels.measure,
    documents.measure,
    ledgers.measure,
    ballots.measure,
    meetings.measure,
    *campaign.FIGURES.values(),
)

if __name__ == "__main__":
    for figure in FIGURES:
        print(figure(), flush=True)
