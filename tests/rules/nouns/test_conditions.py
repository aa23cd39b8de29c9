"""Conditions of which one suffices: what is not known yet is neither yes nor no."""

import pytest

from rules.nouns.conditions import holds
from rules.nouns.values import Verdict
from rules.reading.conditions import read_form_when

#: Quy định 366-QĐ/TW, Điều 11 khoản 4: a conclusion, or discipline in duty for a violation at the present body.
WEIGHED = read_form_when(
    {"any": [{"degradation_concluded": True}, {"discipline_in_duty": True, "discipline_of_old_body": False}]}
)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, Verdict.UNKNOWN),
        ({"degradation_concluded": True}, Verdict.MET),
        ({"degradation_concluded": False}, Verdict.UNKNOWN),
        ({"degradation_concluded": False, "discipline_in_duty": False}, Verdict.UNMET),
        ({"degradation_concluded": False, "discipline_in_duty": True}, Verdict.UNKNOWN),
        ({"discipline_in_duty": True, "discipline_of_old_body": False}, Verdict.MET),
        ({"degradation_concluded": False, "discipline_in_duty": True, "discipline_of_old_body": True}, Verdict.UNMET),
    ],
)
def test_one_of_several_suffices(known, expected):
    assert holds(WEIGHED, known) is expected


def test_what_stands_beside_must_hold_as_well():
    when = read_form_when({"leader": True, "any": [{"disciplined": True}, {"subunit_corruption": True}]})
    assert holds(when, {"leader": False, "disciplined": True}) is Verdict.UNMET
    assert holds(when, {"leader": True, "disciplined": True}) is Verdict.MET
    assert {test.fact for test in when.every_test} == {"leader", "disciplined", "subunit_corruption"}
