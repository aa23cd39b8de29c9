"""Plays a transcript: what people do is read from the file, and the effects are written anew.

# what this conversation shows
» /tieptuc                     a command; who acts is An unless a name stands before the sign: Bình » …
» Tham mưu báo cáo tháng       typed text
» [Thực hiện tốt]              the newest button with this label
» [câu 3: Đáp ứng]             a button of the last message that asked question 3
» [cũ: Gửi …]                  the oldest button with this label
» (photo)                      a photo, sticker, voice, …
» (data answer:1:c1a:good)     a button as the channel delivers it
» (ă × 5000)                   a long text
» (08:30:05) Phần tiếp         a text whose channel says when it was sent
» (dưới câu 3) 96              a text that answers the last message that asked question 3
» (dưới [Đồng ý]) Chưa được    a text that answers the newest message with this button
» (sửa “95”) 96                the newest text “95” is edited
~ [Thực hiện tốt] × 16 | Xong  several acts, played like the others but not shown
Khách » /start CODE            somebody whose account is tied to nobody (yet)
@ 2020-12-01 09:00             the time from now on
« …                            the reply; several are told apart by the sign; « (Bình) is a notice to Bình
= kept c1a good                a command that was carried out
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dialogs.core.buttons import MAX_BYTES, Button
from dialogs.core.events import Commanded, Edited, Event, Pressed, Said, Sent
from dialogs.core.turn import AllPapers, DeskFile, Papers, Reply, SentPapers, WholeDossier
from dialogs.interview.staying import reviews_shown
from dialogs.step import step
from rules.nouns.people import Person, tongue
from templates.wording import label, message
from tests.telegram_limits import require_one_message
from tests.transcripts.cast import BOOKS, PEOPLE, START
from tests.transcripts.memory import Memory

_ACT = re.compile(r"(?:(?P<who>\w+) )?(?P<sign>[»~]) (?P<what>.*)", re.DOTALL)


@dataclass
class Shown:
    """A button somebody sees: its label, the question its message asked, its data; `under`: all buttons of its message."""

    label: str
    number: int
    data: str
    under: tuple[Button, ...]


@dataclass
class Playing:
    """One conversation, or several at once."""

    memory: Memory = field(default_factory=Memory)
    seen: dict[int, list[Shown]] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)  # typed so far; the index of each is the id of its message

    def whole(self, script: str) -> str:
        """All acts of a script."""
        return "\n".join(line for act in _acts(script) for line in self.lines(act)) + "\n"

    def lines(self, act: str) -> Iterator[str]:
        """An act and its effects, as lines."""
        if act.startswith("@ "):
            self.memory.now = dt.datetime.fromisoformat(act[2:]).replace(tzinfo=START.tzinfo)
        if not (found := _ACT.fullmatch(act)):
            yield act
            return
        self.memory.account = found["who"] or "An"
        yield ""
        yield act.replace("\n", "\n  ")
        if found["sign"] == "»":
            yield from self._effect(found["what"])
            return
        for what in _several(found["what"]):
            list(self._effect(what))

    def _effect(self, what: str) -> Iterator[str]:
        person = self.memory.here
        event = self._event(person, what)
        turn = step(BOOKS, self.memory.state(person, event), event)
        self.memory.done(person, event, turn)
        done = [self.memory.carry_out(command, person) for command in turn.commands]
        for reply in turn.replies:
            yield from self._said(self.memory.here, reply, "«")
        if self.memory.here and reviews_shown(turn.replies):
            self.memory.shown[self.memory.here.id] = reviews_shown(turn.replies)
        for to, reply in self.memory.told:
            other = next(p for p in PEOPLE.values() if p.id == to)
            yield from self._said(other, reply, f"« ({_short(other)})")
        self.memory.told.clear()
        yield from (f"= {line}" for line in done)

    def _event(self, person: Person | None, what: str) -> Event:
        if what.startswith("/"):
            name, _, argument = what[1:].partition(" ")
            return Commanded(name, argument)
        if what.startswith("["):
            return Pressed(Button.decode(self._button(person, what[1:-1])))
        if what.startswith(("(dưới ", "(sửa ")):
            return self._about_another(person, what)
        if what.startswith("(data "):
            return Pressed(Button.decode(what[6:-1]))
        if long := re.fullmatch(r"\((.+) × (\d+)\)", what):
            return self._typed(long[1] * int(long[2]))
        if timed := re.fullmatch(r"\((\d\d:\d\d:\d\d)\) (.+)", what, re.DOTALL):
            time = dt.time.fromisoformat(timed[1])
            return self._typed(timed[2], at=dt.datetime.combine(self.memory.now.date(), time, START.tzinfo))
        if sent := re.fullmatch(r"\((\w+)\)", what):
            return Sent(sent[1])
        return self._typed(what.replace("\\u0000", "\0").replace("\\u200b", "\u200b").replace("\\ue001", "\ue001"))

    def _about_another(self, person: Person | None, what: str) -> Event:
        """A text that replies to a message, or an edit of one."""
        if edited := re.fullmatch(r"\(sửa “(.+?)”\) (.+)", what, re.DOTALL):
            place = len(self.texts) - self.texts[::-1].index(edited[1]) - 1
            return Edited(edited[2], str(place))
        under = re.fullmatch(r"\(dưới (câu (?P<number>\d+)|\[(?P<label>.+?)\])\) (?P<text>.+)", what, re.DOTALL)
        assert under, f"not understood: {what}"
        seen = reversed(self.seen.get(_id(person), []))
        found = (one for one in seen if one.label == under["label"] or str(one.number) == under["number"])
        return self._typed(under["text"], under=next(found).under)

    def _typed(self, text: str, **more: Any) -> Said:
        self.texts.append(text)
        return Said(text, message=str(len(self.texts) - 1), **more)

    def _button(self, person: Person | None, named: str) -> str:
        shown = self.seen.get(_id(person), [])
        if old := re.fullmatch(r"câu (\d+): (.+)", named):
            number, text = int(old[1]), old[2]
            return next(one.data for one in reversed(shown) if one.number == number and one.label == text)
        if named.startswith("cũ: "):
            return next(one.data for one in shown if one.label == named[4:])
        found = [one.data for one in reversed(shown) if one.label == named]
        assert found, f"no button [{named}]; there are {[one.label for one in shown[-12:]]}"
        return found[0]

    def _said(self, person: Person | None, reply: Reply, sign: str) -> Iterator[str]:
        reads = tongue(self.memory.languages.get(_id(person), "vi"), person.gender if person else None)
        require_one_message(reply)
        self.templates |= {reply.template, *(f"question/news/{line['what']}" for line in reply.values.get("news", ()))}
        words = _plain(message(reply.template, reply.values, reads))
        changed = " (thay tin vừa bấm)" if reply.replaces else ""
        yield f"{sign}{changed} {words}"
        match reply.attached:
            case Papers(_, version, kinds):
                yield f"  <{', '.join(kinds)}, bản {version or 'nháp'}>"
            case DeskFile(name):
                yield f"  <{name}>"
            case AllPapers(campaign, unit):
                yield f"  <zip, đợt {campaign}{f', đơn vị {unit}' if unit else ''}>"
            case WholeDossier(campaign, whose):
                yield f"  <zip, hồ sơ {whose} của đợt {campaign}>"
            case SentPapers(campaign, sent_up):
                yield f"  <zip, bản gửi lên {sent_up} của đợt {campaign}>"
        under = tuple(key.button for row in reply.keyboard for key in row)
        rows = [self._row(person, reply, row, reads, under) for row in reply.keyboard]
        if rows:
            yield "  " + " | ".join(rows)

    def _row(self, person: Person | None, reply: Reply, row, reads: str, under: tuple[Button, ...]) -> str:
        labels = []
        for key in row:
            data, text = key.button.encode(), label(key.label, key.values, reads)
            assert label(key.label, key.values, "en")
            self.labels.add(key.label)
            assert len(data.encode()) <= MAX_BYTES
            number = reply.values.get("number", 0)
            self.seen.setdefault(_id(person), []).append(
                Shown(text, number if isinstance(number, int) else 0, data, under)
            )
            labels.append(f"[{text}]")
        return " ".join(labels)


def _acts(script: str) -> Iterator[str]:
    """The comments, times and acts of a script. An act can continue on indented lines."""
    act = ""
    for line in script.splitlines():
        if act and line.startswith("  ") and _ACT.fullmatch(act):
            act += "\n" + line[2:]
            continue
        if act:
            yield act
        act = line if line.startswith(("#", "@")) or _ACT.fullmatch(line) else ""
    if act:
        yield act


def _several(acts: str) -> Iterator[str]:
    """The acts of a line with several of them. A whole line in brackets can be repeated."""
    if group := re.fullmatch(r"\((.+ \| .+)\) × (\d+)", acts):
        acts = " | ".join([group[1]] * int(group[2]))
    for act in acts.split(" | "):
        repeated = re.fullmatch(r"(.+) × (\d+)", act)
        yield from [repeated[1]] * int(repeated[2]) if repeated else [act]


def _plain(words: str) -> str:
    """The HTML of a message as people read it, indented below its sign."""
    text = re.sub(r"\n?<blockquote>", "\n“", words).replace("</blockquote>", "”")
    text = html.unescape(re.sub(r"</?[bius]>|</?code>", "", text))
    return re.sub(r"\n(?=.)", "\n  ", text)


def _id(person: Person | None) -> int:
    """The id of a person; 0 for strangers, who have none."""
    return person.id if person else 0


def _short(person: Person) -> str:
    return next(name for name, one in PEOPLE.items() if one is person)
