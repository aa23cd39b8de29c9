"""The period of a campaign in words, as people write it in a form."""

_QUARTERS = {"q1": "I", "q2": "II", "q3": "III", "q4": "IV"}


def period_words(year: int, period: str) -> str:
    """`m09` of 2026 → "tháng 9 năm 2026"; `q3` → "quý III năm 2026"; the whole year → "năm 2026"."""
    if period in _QUARTERS:
        return f"quý {_QUARTERS[period]} năm {year}"
    if period.startswith("m"):
        return f"tháng {int(period[1:])} năm {year}"
    return f"năm {year}"
