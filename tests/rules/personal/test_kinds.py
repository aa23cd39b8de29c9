"""What is told of data is what the tables hold and what the table of permissions allows."""

from collections import Counter
from dataclasses import asdict

from rules.campaign.permissions import ALLOWED, Action, Relation, may
from rules.personal.keeping import FLOORS, Keeping
from rules.personal.kinds import RECORD, ROSTER, personal
from rules.personal.requests import RequestKind
from storage.repositories.personal import ERASED, REMOVALS
from storage.repositories.seals import SEALED
from storage.tables import METADATA


def test_every_column_of_every_table_is_of_one_kind() -> None:
    told = [
        (table, column)
        for tables in (*(kind.tables for kind in personal().kinds), personal().nobody)
        for table, columns in tables.items()
        for column in columns
    ]
    there = [(table.name, column.name) for table in METADATA.tables.values() for column in table.columns]
    assert [one for one, times in Counter(told).items() if times > 1] == []
    assert sorted(told) == sorted(there)


def test_what_a_copy_leaves_out_is_a_column_of_the_kind() -> None:
    for kind in personal().kinds:
        columns = {f"{table}.{column}" for table, names in kind.tables.items() for column in names}
        assert kind.unseen <= columns, kind.key


def test_whoever_may_read_a_kind_by_the_table_is_told_as_its_reader() -> None:
    by_action = {
        "drafts": (Action.READ_DRAFT, Action.READ_PAPERS),
        "ratings": (Action.READ_RATING, Action.ANSWER_PETITION),
        "work": (Action.READ_LEDGER,),
    }
    for kind in personal().kinds:
        for relation in Relation:
            if may({relation}, *by_action.get(kind.key, ())):
                assert relation in kind.readers, (kind.key, relation)
    drafts = next(kind for kind in personal().kinds if kind.key == "drafts")
    assert {Relation.AUTHORITY, Relation.STAND_IN_AUTHORITY} < set(drafts.readers)


def test_nobody_of_another_office_reads_anything() -> None:
    assert [kind.key for kind in personal().kinds if Relation.COLLEAGUE in kind.readers] == ["roster"]
    assert not [kind.key for kind in personal().kinds if Relation.OTHER_OFFICE in kind.readers]
    assert not [action for relation, action in ALLOWED if relation is Relation.OTHER_OFFICE]


def test_a_kind_is_kept_for_good_or_is_removed_by_the_job() -> None:
    for kind in personal().kinds:
        assert kind.keeps in {RECORD, ROSTER, *asdict(Keeping())}, kind.key
        removed = {one.time for one in REMOVALS if one.kind == kind.key}
        assert (kind.keeps in removed) is (kind.keeps not in {RECORD, ROSTER}), kind.key
        assert bool([one for one in ERASED if one.kind == kind.key]) is kind.erasable, kind.key


def test_no_official_record_is_ever_removed() -> None:
    records = {table for kind in personal().kinds if kind.keeps in {RECORD, ROSTER} for table in kind.tables}
    touched = {one.table.name for one in (*REMOVALS, *ERASED) if not one.emptied}
    assert not touched & (records | {table.name for table in SEALED})
    kinds = {kind.key: kind for kind in personal().kinds}
    for one in (*REMOVALS, *ERASED):
        assert set(one.emptied) <= set(kinds[one.kind].tables[one.table.name]), one


def test_no_keeping_time_is_below_its_floor_and_every_clock_has_its_days() -> None:
    assert all(days >= asdict(FLOORS)[name] for name, days in asdict(Keeping()).items())
    assert {kind.value for kind in RequestKind} < set(personal().days)
