"""Reads a screen and decides what this person does: the cheapest sensible way that the screen offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.core.stamps import stamp
from rules.forms.form import Form
from tools.effort.person import FIGURES, Person
from tools.effort.screen import Screen, Shown


class Unanswerable(Exception):
    """A screen on which the player finds nothing to do. The text of the error is that of the screen."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press. `question`: the one it answers; `taken_over`: it only confirms an answer that was already there."""

    shown: Shown
    question: str = ""
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A typed text, and the question it answers."""

    text: str
    question: str = ""


Move = Press | Say

#: Buttons that lead elsewhere, explain, or change answers: they do not lead on.
WAYS_ABOUT = frozenset(
    {
        *("outline", "draft", "later", "go", "forms", "menu", "list", "welcome"),
        *("example", "more", "result", "why", "clause", "basis", "pages", "file", "docx", "pdf"),
        *(
            "illustrate",
            "evidence",
            "note_to",
            "relist",
            "one_item",
            "explain",
            "one",
            "revise",
            "add",
            "edit",
            "remove",
            "drop",
            "pick",
            "part",
        ),
        *("undo", "skip_rest", "withdraw", "anew", "not_me"),
    }
)
#: Buttons that take over in one press what was said or known before, beginning with those that take over most.
TAKING_OVER = ("known_all", "reuse_all", "reuse", "reuse_list")
#: Buttons that answer many questions at once: the usual answers, all of a screen, all without an answer.
FOR_MANY = ("usual", "figures", "all", "rest")
#: Buttons that lead on. They may be pressed repeatedly, because they answer nothing.
ONWARD = ("next", "keep")

#: Words by which a screen says that a whole list can be typed at once, or the values of all its items.
_INVITES_LIST = re.compile(
    r"mỗi (việc|nhiệm vụ|mục) một dòng|mỗi dòng một (việc|nhiệm vụ|mục)|(dán|gõ|gửi) cả danh sách", re.IGNORECASE
)
_INVITES_FIGURES = re.compile(r"tất cả 100\s?%|cho cả \d+ (việc|nhiệm vụ)", re.IGNORECASE)
#: Words by which a screen says that evidence can be typed after the letter of its criterion.
_INVITES_EVIDENCE = re.compile(r"gõ (luôn )?“a\) …”", re.IGNORECASE)
_ASKS_REASON = re.compile(r"xin (viết|ghi) lý do", re.IGNORECASE)


@dataclass
class Writer:
    """A person who fills in their form."""

    person: Person
    form: Form
    evidence_given: bool = False
    _evidence_awaited: bool = False
    _listed: int = 0
    _figures_said: bool = False
    _pressed: set[str] = field(default_factory=set)

    def move(self, screen: Screen) -> Move:
        """The next move. Raises Unanswerable."""
        if self._evidence_awaited:
            self._evidence_awaited = False
            self.evidence_given = True
            return Say(self.person.evidence)
        found = (
            self._sends(screen)
            or self._adds_evidence(screen)
            or self._takes_over(screen)
            or self._chooses(screen)
            or self._tells_tasks(screen)
            or self._types(screen)
            or self._leaves_out(screen)
            or self._goes_on(screen)
        )
        if found is None:
            raise Unanswerable(f"{screen.text}\n{[(one.label, one.data) for one in screen.buttons]}")
        if isinstance(found, Press):
            self._pressed.add(found.shown.data)
        return found

    def _sends(self, screen: Screen) -> Move | None:
        return next((Press(one) for one in _of(screen, "send")), None)

    def _adds_evidence(self, screen: Screen) -> Move | None:
        """Adds evidence to the first criterion that can have some, once."""
        if not self.evidence_given and (
            ways := [one for one in _of(screen, "evidence") if one.data not in self._pressed]
        ):
            self._evidence_awaited = _alone(ways[0])
            return Press(ways[0])
        offered = [one for one in _of(screen, "illustrate") if _name(one) in self.form.questions]
        if not offered or self.evidence_given or not self._criterion(_name(offered[0])):
            return None
        if _INVITES_EVIDENCE.search(screen.text):
            self.evidence_given = True
            return Say(f"{offered[0].label}) {self.person.evidence}")
        self._evidence_awaited = True
        return Press(offered[0])

    def _criterion(self, question: str) -> bool:
        return self.form.questions[question].illustrated

    def _takes_over(self, screen: Screen) -> Move | None:
        for verb in TAKING_OVER:
            for one in _of(screen, verb):
                if one.data not in self._pressed:
                    self._listed = len(self.person.tasks) if _name(one) == "tasks" else self._listed
                    return Press(one, _name(one), taken_over=True)
        return None

    def _chooses(self, screen: Screen) -> Move | None:
        """A button with this person's answer, those for many questions first. No button is pressed twice."""
        fitting = [one for one in screen.buttons if one.data not in self._pressed and self._fits(one)]
        fitting.sort(key=lambda one: _verb(one) not in FOR_MANY)
        return Press(fitting[0], _name(fitting[0])) if fitting else None

    def _fits(self, shown: Shown) -> bool:
        """Whether a button gives this person's answer: its data end with the question and the value. For a button about
        many questions, whether it does for each of them.
        """
        button, told = shown.button, self.person.pressed
        if button is None or not button.about or button.verb in WAYS_ABOUT:
            return False
        if button.verb == "usual":
            return all(told.get(key) == value for key, value in self._usual(button.about[0]).items())
        if button.verb == "figures":
            said = self._figures(button.about[0], button.about[-1])
            return bool(said) and all(told.get(key, value) == value for key, value in said.items())
        *names, value = button.about
        if button.verb in FOR_MANY:
            return all(told.get(key, value) == value for key in self._beside(names[0]))
        wanted = [told[name] for name in (names[-1], names[0]) if name in told] if names else []
        return value in wanted[:1]

    def _beside(self, question: str) -> list[str]:
        """All questions of the same item."""
        items = (one.questions for section in self.form.sections for one in section.items)
        return next(([one.key for one in asked] for asked in items if question in {one.key for one in asked}), [])

    def _usual(self, question: str) -> dict[str, str]:
        """Question of the item → its usual value, as in the data of buttons."""
        items = (one for section in self.form.sections for one in section.items)
        item = next(one for one in items if question in {asked.key for asked in one.questions})
        usual: Any = getattr(item, "usual", None)  # older versions of the program have none
        return {key: button_word(value) for key, value in usual.answers.items()} if usual else {question: ""}

    def _figures(self, question: str, which: str) -> dict[str, str]:
        """The values that a button of a list, named by its stamp, gives to every item; empty: no such button."""
        usual: Any = getattr(self.form.questions[question], "usual", ())  # older versions of the program have none
        found: Any = next((one.answers for one in usual if stamp(dict(one.answers)) == which), {})
        return {key: button_word(value) for key, value in found.items()}

    def _tells_tasks(self, screen: Screen) -> Move | None:
        """Types the names of the tasks one by one, or all at once if the screen invites it; then says that these are
        all.
        """
        if self._question(screen) != "tasks":
            return None
        tasks = self.person.tasks
        if seen := _of(screen, "items"):
            return Press(seen[0], "tasks")
        if self._listed < len(tasks):
            if _INVITES_LIST.search(screen.text):
                self._listed = len(tasks)
                return Say("\n".join(one.name for one in tasks), "tasks")
            self._listed += 1
            return Say(tasks[self._listed - 1].name, "tasks")
        if enough := _of(screen, "enough"):
            return Press(enough[0], "tasks")
        if not self._figures_said and _INVITES_FIGURES.search(screen.text):
            self._figures_said = True
            return Say(FIGURES, "tasks")
        return None

    def _types(self, screen: Screen) -> Move | None:
        if _ASKS_REASON.search(screen.text):
            return Say(self.person.reason)
        question = self._question(screen)
        return Say(self.person.typed[question], question) if question in self.person.typed else None

    def _leaves_out(self, screen: Screen) -> Move | None:
        """Skips an optional question, or leaves a list empty."""
        shown = (one for one in (*_of(screen, "skip"), *_of(screen, "enough")) if _name(one) in self.person.left_out)
        return next((Press(one, _name(one)) for one in shown), None)

    def _goes_on(self, screen: Screen) -> Move | None:
        """A button that leads on; if none is known, the first that does not lead elsewhere."""
        for verb in ONWARD:
            for one in _of(screen, verb):
                return Press(one)
        unknown = [one for one in screen.buttons if one.data not in self._pressed and _verb(one) not in WAYS_ABOUT]
        known = {"answer", "put", "rate", "skip", "enough", "send", *TAKING_OVER}
        return next((Press(one) for one in unknown if _verb(one) not in known), None)

    def _question(self, screen: Screen) -> str:
        """The question that is asked: the one named in the data of a button, otherwise recognised by its words; "":
        none.
        """
        named = [
            _name(one)
            for one in screen.buttons
            if _verb(one) not in {"go", "illustrate", "undo"} and _name(one) in self.form.questions
        ]
        if named:
            return named[0]
        read = _plain(screen.text)
        said = {key: _wordings(self.form, key) for key in self.form.questions}
        found = [(len(words), key) for key, all_words in said.items() for words in all_words if words in read]
        return max(found, default=(0, ""))[1]


@dataclass
class Reader:
    """A head who opens, reads and agrees to each draft that waits for them."""

    order: Sequence[str] = ("head_approve", "head_agree", "head_card")
    _pressed: set[str] = field(default_factory=set)

    def move(self, screen: Screen) -> Move | None:
        """The next move; None: nothing is waiting."""
        for verb in self.order:
            for one in _of(screen, verb):
                if one.data not in self._pressed:
                    self._pressed.add(one.data)
                    return Press(one)
        return None


def button_word(value: object) -> str:
    """A value as in the data of a button."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of(screen: Screen, verb: str) -> list[Shown]:
    return [one for one in screen.buttons if _verb(one) == verb]


def _verb(shown: Shown) -> str:
    return shown.button.verb if shown.button else ""


def _name(shown: Shown) -> str:
    """The first word after the review, which is usually the question or item."""
    return shown.button.about[0] if shown.button and shown.button.about else ""


def _wordings(form: Form, key: str) -> list[str]:
    """The wordings by which a question can be recognised, and for a list those of its fields."""
    question = form.questions[key]
    texts = [question.text, *(one.text for one in question.fields)]
    return [_plain(text) for text in texts if len(_plain(text)) > 12]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _alone(shown: Shown) -> bool:
    """Whether a button asks for evidence for a single answer."""
    return shown.button is not None and shown.button.about[1:] == ("alone",)
