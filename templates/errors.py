"""Words for mistakes in files, one line each: where it is, what was expected, and what is there now.

The sentences are in `templates/messages/mistake/labels.j2`, with a block for every name of a mistake.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import DebugUndefined, Template

from rules.nouns.errors import FileErrors, Mistake, NamedError, RosterErrors, TusoiError
from templates.wording import LANGUAGES, environment

#: Maximum number of mistakes shown for a roster; nobody reads on when a whole column is filled in wrongly.
MOST_TOLD = 100


def worded(error: TusoiError, language: str = LANGUAGES[0]) -> str:
    """The text of an error raised on purpose, on one line."""
    match error:
        case RosterErrors(mistakes=mistakes):
            return " ".join(lines(mistakes, language))
        case FileErrors(mistakes=mistakes):
            return first_of(mistakes, language)
        case NamedError(name=name, values=values):
            return one_line(_sentence(name, values, language))
    return one_line(str(error))


def word(mistake: Mistake, language: str = LANGUAGES[0]) -> str:
    """`book.yaml:12: caps[0].at_most: cần một trong: … (đang ghi: best)`, `Danh sách!C5: Đơn vị: không có đơn vị …`."""
    told = _sentence(mistake.expected, mistake.values, language)
    given = mistake.values.get("given", "")
    if given and given not in told:
        told = _sentence("with_given", {"told": told, "given": given}, language)
    return one_line(": ".join(part for part in (_place(mistake, language), mistake.field, told) if part))


def doubt(mistake: Mistake, language: str = LANGUAGES[0]) -> str:
    """A warning about something that is not a mistake but should be checked."""
    told = Mistake(
        mistake.file,
        mistake.line,
        mistake.field,
        "look_again",
        {"told": _sentence(mistake.expected, mistake.values, language)},
    )
    return word(told, language)


def lines(mistakes: Sequence[Mistake], language: str = LANGUAGES[0]) -> list[str]:
    """The mistakes, one line each; of very many only the first, and the number of the others."""
    told = [word(mistake, language) for mistake in mistakes[:MOST_TOLD]]
    further = len(mistakes) - len(told)
    return [*told, _sentence("further", {"n": further}, language)] if further else told


def first_of(mistakes: Sequence[Mistake], language: str = LANGUAGES[0]) -> str:
    """The first mistake and the number of the others, on one line."""
    told, further = word(mistakes[0], language), len(mistakes) - 1
    return _sentence("and_more", {"told": told, "n": further}, language) if further else told


def one_line(text: str) -> str:
    """The text without line breaks and control characters that could disturb a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _place(mistake: Mistake, language: str) -> str:
    match mistake:
        case Mistake(cell=cell) if cell and not cell.name:
            return _sentence("whole_sheet", {"sheet": cell.sheet}, language)
        case Mistake(cell=cell) if cell:
            return str(cell)
        case Mistake(file, line) if line:
            return f"{file}:{line}"
    return mistake.file


def _sentence(name: str, values: Mapping[str, object], language: str) -> str:
    """The sentence from the block `name`. A name without a block, as of a library's own error, is shown itself."""
    template = _sentences(language)
    block = template.blocks.get(name)
    return "".join(block(template.new_context(dict(values)))) if block else name


@cache
def _sentences(language: str) -> Template:
    """The environment shows a missing value by its name, so that the sentence still tells what is wrong."""
    return environment(language).overlay(undefined=DebugUndefined).get_template("mistake/labels.j2")
