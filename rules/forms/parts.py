"""Parts of a form: a section, an item or a single question, as they are given to somebody to write."""

from collections.abc import Iterator

from rules.forms.form import Form


def questions_in(form: Form, place: str) -> frozenset[str]:
    """The questions of the section, item or question of that key; none where the form has no such."""
    for section in form.sections:
        if section.key == place:
            return frozenset(one.key for item in section.items for one in item.questions)
    for section in form.sections:
        for item in section.items:
            if item.key == place:
                return frozenset(one.key for one in item.questions)
    return frozenset({place} & form.questions.keys())


def within(form: Form, place: str) -> Iterator[str]:
    """What a part may be divided into: the form ("") into its sections, a section into items, an item into its questions; nothing where
    that would be the whole again.
    """
    if not place:
        yield from (section.key for section in form.sections)
        return
    for section in form.sections:
        if section.key == place:
            yield from (item.key for item in section.items if len(section.items) > 1)
            if len(section.items) == 1 and len(section.items[0].questions) > 1:
                yield from (one.key for one in section.items[0].questions)
            return
    for section in form.sections:
        for item in section.items:
            if item.key == place:
                yield from (one.key for one in item.questions if len(item.questions) > 1)
                return
