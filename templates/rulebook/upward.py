"""A rulebook's rules about sending up, in words."""

from collections.abc import Iterator, Mapping

from rules.book.upward import ConsultRule, SendRule, Sitting, UpwardRules

SITTING: Mapping[Sitting, str] = {
    Sitting.LEADERSHIP: "tập thể lãnh đạo cơ quan",
    Sitting.UNIT_HEADS: "người đứng đầu các đơn vị",
}


def upward_rules(rules: UpwardRules) -> Iterator[tuple[str, SendRule | ConsultRule]]:
    """Each rule as a sentence, together with the rule."""
    if rules.sent:
        through = f", qua {rules.sent.through}" if rules.sent.through else ""
        yield f"Đơn vị gửi hồ sơ đến: {rules.sent.to}{through}", rules.sent
    for one in rules.consulted:
        members = ", ".join([*(SITTING[each] for each in one.members), *filter(None, [one.besides])])
        yield f"{one.title} [dự: {members}]", one
