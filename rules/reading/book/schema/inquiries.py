"""The border of `inquiries:` in book.yaml."""

from rules.reading.conditions import TraitWhen
from rules.reading.parts import EVERYBODY, Cited, Id, Key, Text


class InquiryFile(Cited):
    """An inquiry: `{key: residence, title: …, asked: cấp ủy nơi cư trú, form: …, place: residence, by: preparation,
    cite: …, quote: …}`.
    """

    key: Key
    title: Text
    asked: Text
    quote: Text
    when: TraitWhen = EVERYBODY
    form: Id | str = ""
    place: str = ""
    by: str = ""
    without: str = ""
