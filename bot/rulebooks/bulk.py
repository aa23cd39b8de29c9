"""Rates many cases: one case in each input line, one suggestion in each output line, in the same order (`tusoi rate
--bulk`).

A line that cannot be rated produces an error object and a message; the others continue. The JSON of a finding is
cached, because the rules return the same finding for the same value.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.rulebooks.suggestion_json import as_json, finding_json
from rules.book.editions import When
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Finding, Suggestion
from rules.judging.suggest import Case, NotCoveredError, suggest
from rules.nouns.errors import Mistake, WrongCaseError
from rules.reading.case import read_case
from rules.reading.strict_yaml import YamlDocument
from templates.errors import first_of

#: Maximum number of cached texts, so that facts with many different values do not fill the memory.
_KEPT = 20_000
#: Period of a case (None: it names none) → the rulebook's edition.
Editions = Callable[[When | None], Rulebook]
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def rate_lines(
    editions: Editions, lines: Iterable[bytes], name: str, complain: Callable[[str], None]
) -> Iterator[bytes]:
    """The output line (UTF-8) for every input line that is not blank. `complain` is called for each that cannot be
    rated.

    Each case is rated by the edition of its own period.
    """
    texts = _Texts()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = _document(line, f"{name}:{number}")
            case = read_case(document)
            yield texts.of(suggested(editions(case.when), case, document))
        except WrongCaseError as error:
            told = first_of(error.mistakes)
            complain(told)
            yield _encoded({"line": number, "error": told}).encode() + b"\n"


def suggested(book: Rulebook, case: Case, document: YamlDocument) -> Suggestion:
    """The suggestion for the case in `document`. Raises WrongCaseError when the rulebook has no ratings for it."""
    try:
        return suggest(book, case)
    except NotCoveredError as error:
        raise WrongCaseError((_not_covered(book, case, document),)) from error


def _not_covered(book: Rulebook, case: Case, document: YamlDocument) -> Mistake:
    known = ", ".join(f"{subject} (leader: {str(leader).lower()})" for subject, leader in book.profiles)
    given = f"{case.subject} (leader: {str(case.leader).lower()})"
    return document.mistake(("subject",), "not_covered", rulebook=book.id, given=given, known=known)


def _document(line: bytes, where: str) -> YamlDocument:
    try:
        return YamlDocument(where, json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once), None)
    except UnicodeDecodeError as error:
        raise WrongCaseError((Mistake(where, 0, "", "utf8"),)) from error
    except (ValueError, RecursionError) as error:
        raise WrongCaseError((Mistake(where, 0, "", "json", {"problem": str(error)}),)) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object without duplicate keys."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return found


@dataclass(frozen=True, slots=True)
class _Texts:
    """A cache of findings as UTF-8 JSON, by identity; it keeps the finding alive, so that its identity stays valid."""

    kept: dict[int, bytes] = field(default_factory=dict)
    alive: list[Finding] = field(default_factory=list)

    def of(self, suggestion: Suggestion) -> bytes:
        """The suggestion as one line, equal to `json.dumps(as_json(…))`."""
        known = self.kept.get
        findings = b", ".join([known(id(finding)) or self._made(finding) for finding in suggestion.findings])
        rest = _encoded(as_json(suggestion, findings=False)).encode()
        before, after = rest.split(b'"findings": []', 1)
        return b"".join((before, b'"findings": [', findings, b"]", after, b"\n"))

    def _made(self, finding: Finding) -> bytes:
        text = _encoded(finding_json(finding)).encode()
        if len(self.alive) < _KEPT:
            self.alive.append(finding)
            self.kept[id(finding)] = text
        return text
