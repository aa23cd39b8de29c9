"""What people type where an answer is awaited and what is none: what seems a question and what it asks about, what speaks
of somebody. The words are data (`questions.toml` beside this file). Nothing is decided here: what seems so is asked about.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.nouns.text import clean, folded, without_diacritics

#: What a question may ask about, besides what nobody here knows (`""`).
TOPICS = ("due", "none", "who", "how", "where", "write")

#: A longer text that names somebody tells of one's own work with them.
MENTION_WORDS = 20


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which questions are known; each with blanks around it, so that it is found whole."""

    at_most: int
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    before_names: tuple[str, ...]


def seems_asked(text: str) -> bool:
    """Whether a text seems to be a question: it ends with a question mark, or it is short and begins or ends as
    questions do. A question mark within it, or in what it quotes, makes it none.
    """
    if clean(text).endswith("?"):
        return True
    said, known = _compared(text)
    few = 0 < len(said.split()) <= known.at_most
    return few and (said.startswith(known.begins) or said.endswith(known.ends))


def topic_of(text: str) -> str:
    """What a question asks about, one of TOPICS; "" for anything else."""
    said, known = _compared(text)
    return next((name for name, words in known.topics if any(word in said for word in words)), "")


def speaks_of(text: str, name: str) -> bool:
    """Whether a short text names somebody: by the whole name, or by the given name behind a word such as `chị`."""
    said, known = _compared(text)
    if len(said.split()) > MENTION_WORDS:
        return False
    called = folded(name)
    if without_diacritics(said) == said:
        called = without_diacritics(called)
    given = called.rpartition(" ")[2]
    return f" {called} " in said or any(f"{before}{given} " in said for before in known.before_names)


def _compared(text: str) -> tuple[str, Words]:
    """The text as it is compared, and the words to compare it with: typed without diacritics, they have none either."""
    said = f" {folded(text)} "
    return said, _words(plain=without_diacritics(said) == said)


@cache
def _words(*, plain: bool) -> Words:
    kept = tomllib.loads((files("rules.nouns") / "questions.toml").read_text(encoding="utf-8"))

    def padded(words: list[str]) -> tuple[str, ...]:
        return tuple(f" {without_diacritics(word) if plain else word} " for word in words)

    topics = tuple((topic["name"], padded(topic["words"])) for topic in kept["topic"])
    return Words(
        kept["words_at_most"], padded(kept["begins"]), padded(kept["ends"]), topics, padded(kept["before_names"])
    )
