"""Files a user gives on the command line: read as UTF-8, `-` is standard input; what cannot be read is told."""

import sys
from pathlib import Path

from rules.nouns.errors import Mistake, RulebookErrors, WrongCaseError
from rules.reading.strict_yaml import YamlDocument, parse


def case_document(name: str) -> YamlDocument:
    """A YAML file of the user, parsed. Raises WrongCaseError: a break of the syntax is a mistake as any other."""
    try:
        return parse(text_of(name), called(name))
    except RulebookErrors as error:
        raise WrongCaseError(error.mistakes) from error


def text_of(name: str) -> str:
    """The text of a file. Raises WrongCaseError."""
    try:
        return (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise WrongCaseError((Mistake(name, 0, "", "readable_file"),)) from error
    except UnicodeDecodeError as error:
        raise WrongCaseError((Mistake(called(name), 0, "", "utf8"),)) from error


def called(name: str) -> str:
    """What a file is called in messages."""
    return "đầu vào chuẩn" if name == "-" else name
