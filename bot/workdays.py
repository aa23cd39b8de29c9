"""The swapped working days of this installation, read once when a process starts."""

import datetime as dt

from bot.settings import HouseSettings, SettingsError
from rules.nouns import workdays


def learn(settings: HouseSettings) -> None:
    """Use the days of `settings.own_workdays` from now on. Raises SettingsError when the file cannot be read."""
    file = settings.own_workdays
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        workdays.add(workdays.swapped_days(text))
    except (ValueError, OSError) as error:
        raise SettingsError(
            f"TUSOI_WORKDAYS: {file}: cần các mục [[day]], mỗi mục có decision (văn bản quyết định) và free hoặc "
            f"worked hoặc cả hai, mỗi thứ một ngày viết như 2027-02-05 ({error})"
        ) from None


def not_known(settings: HouseSettings, today: dt.date) -> str:
    """A sentence naming the first year, this one or the next, without a known decision; "" when there is none."""
    year = workdays.known_until() + 1
    if year > today.year + 1:
        return ""
    return (
        f"Chưa biết ngày làm việc hoán đổi từ năm {year}: chỉ tính ngày lễ theo Bộ luật Lao động. "
        f"Có quyết định thì thêm vào {settings.own_workdays} (cách viết: docs/workdays.md)."
    )
