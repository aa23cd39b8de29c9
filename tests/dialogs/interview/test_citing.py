"""/cancu: the clause a question is asked for, its text, and every other text of the campaign."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.state import State
from dialogs.step import step
from rules.book.texts import LawText
from rules.nouns.reviews import ReviewStatus
from templates.wording import message
from tests.dialogs.small_office import BOOKS as PLAIN
from tests.dialogs.small_office import LAN, NOW, review

CLAUSE = LawText("Điều thử 1", "Tiêu chí", "1. Lời của {{ văn bản }} <b>", "Quy định thử")
BOOKS = {edition: replace(book, texts=(CLAUSE,)) for edition, book in PLAIN.items()}
MINE = State(LAN, "vi", NOW, own=review(status=ReviewStatus.DRAFTING))


def test_a_question_tells_why_it_is_asked_and_where_the_texts_are() -> None:
    (reply,) = step(BOOKS, MINE, Commanded("cancu")).replies
    assert reply.template == "review/basis"
    assert reply.values["question"]
    assert [key.values["clause"] for key in reply.keyboard[0]] == ["Điều thử 1"]
    assert len(reply.keyboard[0][0].button.encode()) <= 64


def test_a_clause_is_read_word_for_word_and_is_data() -> None:
    (reply,) = step(BOOKS, MINE, Pressed(Button("cited", MINE.own.id, ("0",)))).replies
    assert reply.values["text"] == CLAUSE.text
    assert "{{ văn bản }} &lt;b&gt;" in message("review/clause", reply.values, "vi")


def test_a_clause_that_is_not_there_any_more_leads_back_to_the_list() -> None:
    (reply,) = step(BOOKS, MINE, Pressed(Button("cited", MINE.own.id, ("7",)))).replies
    assert (reply.template, reply.values["known"]) == ("review/basis", 1)


def test_who_has_no_review_is_told_so() -> None:
    (reply,) = step(BOOKS, State(LAN, "vi", NOW), Commanded("cancu")).replies
    assert [one["what"] for one in reply.values["news"]] == ["no_review"]


def test_a_clause_is_named_by_its_number_and_nothing_else() -> None:
    for named in ("9" * 5000, "../../0", "٠", "-1", ""):
        (reply,) = step(BOOKS, MINE, Pressed(Button("cited", MINE.own.id, (named,)))).replies
        assert reply.template == "review/basis"


MANY = tuple(LawText(f"Điều {number}", "Tên", "Lời. " * 400, "Quy định thử") for number in range(1, 31))
LONG_BOOKS = {edition: replace(book, texts=MANY) for edition, book in PLAIN.items()}


def clauses(reply) -> list[str]:
    return [str(key.values["clause"]) for row in reply.keyboard for key in row if key.label == "review/clause"]


def test_many_clauses_stand_on_pages_that_replace_each_other() -> None:
    (first,) = step(LONG_BOOKS, MINE, Commanded("cancu")).replies
    assert clauses(first) == [f"Điều {number}" for number in range(1, 13)]
    (on,) = (key for row in first.keyboard for key in row if key.label == "decide/next")
    (second,) = step(LONG_BOOKS, MINE, Pressed(on.button)).replies
    assert clauses(second) == [f"Điều {number}" for number in range(13, 25)]
    assert second.replaces
    (last,) = step(LONG_BOOKS, MINE, Pressed(Button("cited", MINE.own.id, ("p", "24")))).replies
    assert clauses(last) == [f"Điều {number}" for number in range(25, 31)]
    assert [key.label for key in last.keyboard[-2]] == ["decide/previous"]
