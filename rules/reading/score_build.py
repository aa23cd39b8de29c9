"""From the border of scores to values."""

from rules.book.scores import CriteriaGroup, Criterion, Formula, LedgerRule, Operation, Scores, ScoreTable
from rules.nouns.conditions import When
from rules.reading.score_schema import (
    CriteriaGroupFile,
    CriterionFile,
    FormulaFile,
    LedgerFile,
    ScoresFile,
    ScoreTableFile,
)


def scores(file: ScoresFile | None) -> Scores:
    """The `scores` of a rulebook."""
    if file is None:
        return Scores()
    return Scores(tuple(_formula(formula) for formula in file.formulas), _ledger(file.ledger))


def score_table(file: ScoreTableFile) -> ScoreTable:
    """A score table."""
    return ScoreTable(
        id=file.id,
        title=file.title,
        gives=file.gives,
        maximum=file.maximum,
        cite=file.cite,
        groups=tuple(_group(group) for group in file.groups),
        form=file.replaces.form if file.replaces else "",
        question=file.replaces.question if file.replaces else "",
        note=file.note,
        unverified=file.unverified,
    )


def _formula(file: FormulaFile) -> Formula:
    ((operation, inputs),) = file.said().items()
    return Formula(
        gives=file.gives,
        operation=Operation(operation),
        inputs=inputs if isinstance(inputs, tuple) else (inputs,),
        cite=file.cite,
        when=file.when or When(()),
        of=file.of or 0,
        at_most=file.at_most,
        at_least=file.at_least,
        note=file.note,
        unverified=file.unverified,
    )


def _ledger(file: LedgerFile | None) -> LedgerRule | None:
    return LedgerRule(**dict(file)) if file else None


def _group(file: CriteriaGroupFile) -> CriteriaGroup:
    return CriteriaGroup(**dict(file) | {"criteria": tuple(_criterion(one) for one in file.criteria)})


def _criterion(file: CriterionFile) -> Criterion:
    return Criterion(**dict(file))
