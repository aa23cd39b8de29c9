"""Every kind of question is known wherever kinds are told apart: what mypy cannot see is listed here."""

import pytest
from pydantic import ValidationError

from dialogs.interview.question_page import TAKING_OVER
from rules.forms.form import QuestionKind
from rules.forms.kinds import KINDS
from rules.reading.form_schema import _Field
from templates.documents.answering import PRINTED

NOT_IN_A_LIST = (QuestionKind.ITEMS, QuestionKind.RATING)


@pytest.mark.parametrize("kind", QuestionKind)
def test_every_kind_has_a_class_of_its_own(kind):
    assert [other for other in QuestionKind if type(KINDS[other]) is type(KINDS[kind])] == [kind]


def test_every_kind_says_how_it_takes_over_what_was_said_elsewhere():
    assert set(TAKING_OVER) == set(QuestionKind)


def test_every_kind_but_the_rating_is_printed():
    assert set(PRINTED) == set(QuestionKind) - {QuestionKind.RATING}


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind not in NOT_IN_A_LIST])
def test_every_plain_kind_may_be_a_part_of_an_item(kind):
    assert _Field(key="f", kind=kind, text="?", label="L").kind is kind


@pytest.mark.parametrize("kind", NOT_IN_A_LIST)
def test_no_list_stands_in_a_list(kind):
    with pytest.raises(ValidationError):
        _Field(key="f", kind=kind, text="?", label="L")
