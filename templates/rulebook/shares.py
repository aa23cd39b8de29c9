"""Words for the quota shares assumed for a list of ratings."""

from collections.abc import Iterable

from rules.book.clauses import Quota
from rules.book.quota import Assumed
from templates.rulebook import words


def which_share(assumed: Assumed) -> str:
    """Which shares were assumed for lines without a subject, and why."""
    said = ", ".join(f"“{group}”" if group else "để trống" for group in assumed.groups)
    civil, party = _clauses(assumed.civil), _clauses(assumed.party)
    of_civil = f"cán bộ, công chức, viên chức: {civil}" if civil else "cán bộ, công chức, viên chức: không có"
    of_party = f"đảng viên: {party}" if party else "đảng viên: không có"
    taken = _clauses(assumed.taken)
    return (
        f"Nhóm {said}: danh sách không ghi là đối tượng nào mà tỷ lệ khác nhau ({of_civil}; {of_party}). "
        f"{f'Đã lấy mọi tỷ lệ của cá nhân: {taken}' if taken else 'Không lấy tỷ lệ nào'}. "
        "Muốn đối chiếu đúng đối tượng, hãy ghi cột subject hoặc --subject."
    )


def by_decision_open(quota: Quota) -> str:
    """States that the greater share by decision depends on a rating that is not known."""
    asked = words.condition(quota.by_decision_when) if quota.by_decision_when else ""
    return (
        f"Tỷ lệ {quota.by_decision_pct:g}% theo quyết định chỉ có khi {asked} ({quota.cite}): chưa biết mức của đơn vị nên tính "
        f"theo {quota.at_most_pct:g}%. Khi đã biết, hãy ghi --unit-rating."
    )


def _clauses(quotas: Iterable[Quota]) -> str:
    return "; ".join(dict.fromkeys(quota.cite for quota in quotas))
