"""Texts that are probably not an answer: a question (and its topic), or a remark about another person.

The words that reveal them are data, in `questions.toml` beside this file. This only recognises; the caller asks what
was meant.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.nouns.text import clean, folded, without_diacritics

#: What a question may be about; the topic `""` is one that nothing here can answer.
TOPICS = ("due", "none", "who", "how", "where", "write")

#: A text of more words that names somebody is taken as a description of work done with them.
MENTION_WORDS = 20


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which questions are recognised, each between blanks so that only whole words match."""

    at_most: int
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    before_names: tuple[str, ...]


def seems_asked(text: str) -> bool:
    """Whether a text is probably a question: it ends with a question mark, or is short and begins or ends as questions
    do.

    A question mark in the middle of the text or in a quotation does not count.
    """
    if clean(text).endswith("?"):
        return True
    said, known = _compared(text)
    few = 0 < len(said.split()) <= known.at_most
    return few and (said.startswith(known.begins) or said.endswith(known.ends))


def topic_of(text: str) -> str:
    """The topic of a question, one of TOPICS; "" for any other."""
    said, known = _compared(text)
    return next((name for name, words in known.topics if any(word in said for word in words)), "")


def speaks_of(text: str, name: str) -> bool:
    """Whether a short text names a person, by the full name or by the given name after a word such as `chị`."""
    said, known = _compared(text)
    if len(said.split()) > MENTION_WORDS:
        return False
    called = folded(name)
    if without_diacritics(said) == said:
        called = without_diacritics(called)
    given = called.rpartition(" ")[2]
    return f" {called} " in said or any(f"{before}{given} " in said for before in known.before_names)


def _compared(text: str) -> tuple[str, Words]:
    """The text and the words prepared for comparison: if the text has no diacritics, the words lose theirs."""
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
