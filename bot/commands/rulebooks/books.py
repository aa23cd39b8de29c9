"""The rulebook a command names: a shipped id, an id of the office's own, or a folder."""

from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.rulebooks.library import Library
    from rules.book.editions import When
    from rules.book.rulebook import Rulebook

#: `--year` of the commands that ask a rulebook.
Year = Annotated[
    int | None,
    typer.Option(
        help="năm đánh giá: theo các quy định có hiệu lực tháng 12 năm đó; không ghi thì theo bản mới nhất",
        min=2000,
        max=2100,
    ),
]


@cache
def shelf() -> "Library":
    """The shipped rulebooks and those in TUSOI_RULEBOOKS. Raises SettingsError."""
    from bot.channels import read_settings
    from bot.rulebooks.library import Library

    return Library(read_settings().own_rulebooks)


def found(id_or_folder: str, when: "When | None" = None) -> "Rulebook":
    """The rulebook, as it judges then. A shipped one is found without the settings. Raises RulebookErrors."""
    from rules.reading.folders import shipped
    from rules.reading.load import load

    return load(id_or_folder, when) if id_or_folder in shipped() else shelf().load(id_or_folder, when)


def lasting(id_or_folder: str, when: "When") -> "Rulebook":
    """The rulebook for a campaign, which will ask for it by id as long as it runs. Raises CaseError when it could not."""
    from bot.channels import read_settings
    from rules.nouns.errors import CaseError

    id_ = shelf().load(id_or_folder, when).id
    try:
        return shelf()[id_, when]
    except KeyError:
        raise CaseError(
            f"{id_or_folder}: đợt đánh giá chỉ dùng được bộ quy định riêng nằm trong {read_settings().own_rulebooks} "
            "(TUSOI_RULEBOOKS); hãy chép thư mục vào đó rồi mở lại"
        ) from None
