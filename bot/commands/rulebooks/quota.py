"""`tusoi quota`: whether a list of ratings keeps to the shares of a rulebook, as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.rulebooks.books import Year
from rules.nouns.values import Rating, Subject, Verdict


def quota(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định (xem: tusoi rulebook list)")],
    ratings: Annotated[
        Path,
        typer.Argument(
            help="tệp CSV: person, unit, group, leader, rating, và subject, key nếu cần; “-” đọc từ đầu vào chuẩn"
        ),
    ],
    proposal: Annotated[
        bool, typer.Option("--proposal", help="kiểm tra tỷ lệ ở bước đề nghị, không phải bước quyết định")
    ] = False,
    by_decision: Annotated[
        bool, typer.Option("--by-decision", help="cấp có thẩm quyền đã quyết định cho tỷ lệ cao hơn")
    ] = False,
    subject: Annotated[
        Subject | None,
        typer.Option(
            help="đối tượng của những dòng không ghi cột subject; không có cả hai thì nhóm mang tên một đối tượng là đối tượng đó"
        ),
    ] = None,
    unit_rating: Annotated[
        Rating | None, typer.Option(help="mức xếp loại của đơn vị, nơi tỷ lệ cao hơn tùy vào mức đó")
    ] = None,
    year: Year = None,
) -> None:
    """Đối chiếu danh sách xếp loại với tỷ lệ của bộ quy định, theo từng nhóm."""
    import json

    from bot.commands.files import called, text_of
    from bot.commands.rulebooks.books import found as found_book
    from bot.roster.column import SUBJECTS
    from rules.book.quota import assumed, several_times, shares
    from rules.reading.quota_file import read_ratings
    from templates.rulebook.shares import by_decision_open, which_share

    book = found_book(rulebook, year)
    rated = read_ratings(text_of(str(ratings)), called(str(ratings)), SUBJECTS, groups_named=subject is None)
    stage = "proposal" if proposal else "decision"
    found = shares(book.quotas, rated, stage, by_decision=by_decision, subject=subject, unit_rating=unit_rating)
    subjects_rated = {rated_subject for rated_subject, _ in book.profiles}
    taken = None if subject else assumed(book.quotas, rated, subjects_rated, stage)
    lines = [which_share(taken)] if taken else []
    twice = several_times(rated)
    lines += [
        f"Lưu ý: {same[0].name} đứng ở {len(same)} dòng ({', '.join(dict.fromkeys(one.unit for one in same))}): dòng nào cũng "
        "được tính. Nếu là một người giữ nhiều vị trí, hãy thêm cột key (mã số): người đó chỉ tính một lần, ở dòng đầu"
        for same in twice
    ]
    lines += dict.fromkeys(by_decision_open(share.quota) for share in found if share.granted is Verdict.UNKNOWN)
    groups = [
        {
            "key": dict(share.key),
            "base": share.base,
            "rated": share.rated,
            "allowed": share.allowed,
            "over": share.over,
            "cite": share.quota.cite,
            "rating": share.quota.rating,
            "of": share.quota.of,
            **({"subject": list(share.subjects)} if share.subjects else {}),
            **({"by_decision": share.granted.value} if by_decision and share.quota.by_decision_pct else {}),
            **({"note": share.quota.note} if share.quota.note else {}),
            **({"unverified": True} if share.quota.unverified else {}),
        }
        for share in found
    ]
    ok = all(share.over == 0 for share in found)
    answer: dict[str, object] = {"groups": groups, "ok": ok}
    if twice:
        answer["twice"] = [{"person": same[0].name, "units": [one.unit for one in same]} for same in twice]
    if taken:
        answer["assumed"] = {
            "groups": list(taken.groups),
            "taken": [quota.cite for quota in taken.taken],
            "why": which_share(taken),
        }
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    for line in lines:
        typer.echo(line, err=True)
