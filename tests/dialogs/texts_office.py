"""A conversation about a review with two questions for texts: what is stored, and what is asked now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.door.channel import WordedKey
from bot.door.words import word
from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Event, Pressed
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus
from dialogs.interview.own_review import OwnReview
from dialogs.step import step
from rules.book.rulebook import Rulebook
from rules.forms.form import Item, Question, QuestionKind, Section
from rules.nouns.reviews import Answer, Json, ReviewStatus
from tests.dialogs.small_office import BOOK, FORM, LAN, NOW, review


class Shelf:
    """The book of the small office, with two texts of at most `limit` characters in its form."""

    def __init__(self, limit: int) -> None:
        questions = {
            name: Question(name, QuestionKind.TEXT, text, max_chars=limit)
            for name, text in (("strengths", "Ưu điểm?"), ("weaknesses", "Hạn chế?"))
        }
        items = tuple(Item(f"i{n}", str(n), one.text, questions=(one,)) for n, one in enumerate(questions.values(), 1))
        form = replace(FORM, sections=(Section("i", "TỰ NHẬN XÉT", "I", items=items),), questions=questions)
        self.book = replace(BOOK, forms={form.id: form})

    def __getitem__(self, _: tuple[str, int]) -> Rulebook:
        """The book, the same for every year."""
        return self.book


@dataclass
class Talk:
    """Lan's conversation."""

    limit: int = 2000
    kept: dict[str, Answer] = field(default_factory=dict)
    focus: Mapping[str, Json] | None = None
    replies: tuple[Reply, ...] = ()
    pressed: Button | None = None

    @property
    def state(self) -> State:
        """The state of the conversation."""
        own = replace(review(status=ReviewStatus.DRAFTING), answers=dict(self.kept))
        return State(LAN, "vi", NOW, own=own, focus=self.focus)

    def does(self, event: Event) -> None:
        """Handle one event."""
        turn = step(Shelf(self.limit), self.state, event)
        self.replies = turn.replies
        for command in turn.commands:
            match command:
                case KeepAnswer():
                    self.kept[command.question] = command.answer
                case SetFocus():
                    self.focus = command.focus

    says = does

    def presses(self, label: str) -> None:
        """Press the button with that label on the last reply."""
        worded = dict(zip(self.labels, self.keys, strict=True))
        self.pressed = Button.decode(worded[label].data)
        self.presses_again()

    def presses_again(self) -> None:
        """Press the same button once more."""
        self.does(Pressed(self.pressed))

    @property
    def reply(self) -> Reply:
        """The last reply."""
        return self.replies[-1]

    @property
    def text(self) -> str:
        """The text of all replies."""
        return "\n".join(word(reply, "vi").html for reply in self.replies)

    @property
    def keys(self) -> list[WordedKey]:
        """The buttons of the last reply."""
        return [key for row in word(self.reply, "vi").keyboard for key in row]

    @property
    def labels(self) -> list[str]:
        """The labels of these buttons."""
        return [key.label for key in self.keys]

    @property
    def answers(self) -> dict[str, Json]:
        """Question → stored value."""
        return {key: answer.value for key, answer in self.kept.items()}

    @property
    def current(self) -> str:
        """The question that is asked now."""
        place = OwnReview.of(Shelf(self.limit), self.state).current()
        return place.key if place else ""
