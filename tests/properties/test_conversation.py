"""Whatever two people press, type or send, in any order: each event is answered, and nothing kept is lost."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent
from dialogs.step import step
from rules.nouns.reviews import ReviewStatus
from tests.telegram_limits import require_one_message
from tests.transcripts.cast import BOOKS, PEOPLE
from tests.transcripts.playing import Playing, Shown

TEXTS = st.one_of(
    st.sampled_from(["100", "7,5", "Có", "đáp ứng", "Tham mưu báo cáo tháng", "{{ 7 * 7 }} <b> & %(name)s", "👍", ""]),
    st.text(max_size=40),
)
COMMANDS = st.sampled_from(["start", "tieptuc", "xemtruoc", "ketqua", "choduyet", "trogiup", "ngonngu", "khongco"])
#: A number picks one of the buttons seen so far; mostly one of the newest.
PRESSES = st.integers(0, 400)
ACT = st.one_of(PRESSES, PRESSES, PRESSES, TEXTS, COMMANDS.map(Commanded))
ACTS = st.lists(
    st.tuples(st.sampled_from(["An", "An", "An", "Bình"]), ACT),
    min_size=20,
    max_size=60,
)


#: An has answered everything and may send it.
READY = (
    "~ /tieptuc | [Cả năm, không nghỉ] | [Cả bốn: thực hiện tốt] × 4 | Báo cáo tháng | [100%] | [Có]"
    " | [Có] | [Hiệu quả cao] | [Có] | [✓ Đã đủ] | [Cả hai: không] | Chăm chỉ làm việc. | Báo cáo còn chậm."
    " | [Hoàn thành tốt nhiệm vụ] | [Gửi cho Trần Thanh Bình]\n"
)
#: The same, not sent: a word each, and a rating above the suggestion, with its reason.
IN_A_WORD = (
    "~ /tieptuc | [Cả năm, không nghỉ] | [Cả bốn: thực hiện tốt] × 4 | Báo cáo tháng | [100%] | [Có]"
    " | [Có] | [Hiệu quả cao] | [Không] | [✓ Đã đủ] | [Cả hai: không] | Tốt | Chưa có ạ."
    " | [Hoàn thành xuất sắc nhiệm vụ] | Có sáng kiến được công nhận. | [Gửi cho Trần Thanh Bình]\n"
)


class Office:
    """The cast, what each of them has seen, and what was kept."""

    def __init__(self, script: str = "") -> None:
        played = _played(script)
        self.memory = played.memory.as_it_is()
        self.asked: list[tuple[str, str]] = []  # questions and texts that somebody was asked about before sending
        self.seen = {person: [_button(one) for one in shown] for person, shown in played.seen.items()}

    def act(self, name: str, event: Event) -> None:
        """One event: answered in words of both languages, its commands carried out."""
        person = PEOPLE[name]
        self.memory.account = name
        turn = step(BOOKS, self.memory.state(person, event), event)
        assert turn.replies
        for command in turn.commands:
            self.memory.carry_out(command, person)
        shown = [(person.id, reply) for reply in turn.replies] + self.memory.told
        self.memory.told = []
        for to, reply in shown:
            self.asked += [(line["asked"], line["text"]) for line in reply.values.get("weak", ())]
            require_one_message(reply)  # in both languages
            for key in (key for row in reply.keyboard for key in row):
                read_back = Button.decode(key.button.encode())
                assert read_back == key.button
                self.seen.setdefault(to, []).append(read_back)

    def event(self, name: str, choice: int | str | Commanded) -> Event:
        """The event a choice stands for: a press, a text or a command."""
        if isinstance(choice, Commanded):
            return choice
        if isinstance(choice, str):
            return Said(choice) if choice else Sent("photo")
        seen = self.seen.get(PEOPLE[name].id, [])
        return Pressed(seen[-1 - choice % len(seen)]) if seen else Commanded("tieptuc")


@cache
def _played(script: str) -> Playing:
    """As it stands once the script was played: the same for all examples."""
    played = Playing()
    played.whole(script)
    return played


def _button(shown: Shown) -> Button:
    button = Button.decode(shown.data)
    assert button is not None
    return button


@settings(max_examples=60)
@given(ACTS)
def test_every_event_is_answered_and_no_answered_question_is_forgotten(acts):
    office = Office()
    answered: set[tuple[int, str]] = set()
    for name, choice in acts:
        office.act(name, office.event(name, choice))
        now = {(review.id, key) for review in office.memory.reviews.values() for key in review.answers}
        assert answered <= now
        answered = now


@settings(max_examples=40)
@given(ACTS)
def test_a_draft_never_changes_and_a_sent_review_keeps_its_answers(acts):
    office = Office(READY)
    drafts: dict[tuple[int, int], object] = {}
    for name, choice in acts:
        office.act(name, office.event(name, choice))
        for review in office.memory.reviews.values():
            for draft in review.drafts:
                assert drafts.setdefault((review.id, draft.version), draft) == draft
            if review.status is ReviewStatus.SUBMITTED:
                assert review.draft is not None
                assert review.answers == review.draft.answers


@settings(max_examples=40)
@given(ACTS)
def test_a_text_is_asked_about_once_and_a_reason_goes_with_its_cause(acts):
    office = Office(IN_A_WORD)
    for name, choice in acts:
        office.act(name, office.event(name, choice))
        assert len(office.asked) == len(set(office.asked))
        for review in office.memory.reviews.values():
            draft = review.draft
            rated = draft.answers.get("self_rating") if draft else None
            if draft and rated and rated.note and draft.suggested and draft.self_rating:
                assert draft.self_rating.rank < draft.suggested.rank


def _said(office: Office) -> dict[tuple[int, str], tuple[object, str, bool]]:
    """All that An's answers say; what was taken back says nothing."""
    kept = {
        (review.id, key): (answer.value, answer.note, answer.skipped)
        for review in office.memory.reviews.values()
        for key, answer in review.answers.items()
    }
    return {where: said for where, said in kept.items() if said != (None, "", False)}


#: Where something may be undone: before the first question, at the first criteria, and with everything answered.
BEGUN = ("~ /tieptuc\n", "~ /tieptuc | [Cả năm, không nghỉ]\n", IN_A_WORD.replace(" | [Gửi cho Trần Thanh Bình]", ""))
#: One of the newest buttons; now and then any, or a text.
NEAR = st.one_of(*[st.integers(0, 12)] * 6, PRESSES, TEXTS)


@settings(max_examples=30)
@given(st.sampled_from(BEGUN), st.lists(NEAR, min_size=5, max_size=20))
def test_undoing_leads_back_to_what_was(script, acts):
    office = Office(script)
    for choice in acts:
        before, shown = _said(office), len(office.seen.get(PEOPLE["An"].id, []))
        office.act("An", office.event("An", choice))
        fresh = office.seen[PEOPLE["An"].id][shown:]
        undo = next((one for one in fresh if one.verb == "undo"), None)
        if undo and _said(office) != before:
            office.act("An", Pressed(undo))
            assert _said(office) == before
