"""Small rulebook folders written for one test."""

from pathlib import Path

HEAD = """\
id: {id}
title: Quy định thử
issued: {{by: Văn phòng thử}}
in_force: {{from: 2021-01-01}}
"""

RATINGS = """\
ratings:
  - for: {subject: official, leader: false}
    excellent:
      all:
        - {fact: score, at_least: 90, cite: "Điều 1"}
    good:
      all:
        - {fact: score, at_least: 70, cite: "Điều 2"}
    completed:
      all:
        - {fact: score, at_least: 50, cite: "Điều 3"}
    not_completed:
      any:
        - {fact: disciplined, is: true, cite: "Điều 4"}
"""


def write_book(folder: Path, rest: str = RATINGS, *, id_: str = "") -> Path:
    """A folder with a `book.yaml`: a head, with the folder's name as id, and `rest`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.yaml").write_text(HEAD.format(id=id_ or folder.name) + rest, encoding="utf-8")
    return folder
