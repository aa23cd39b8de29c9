"""Parts of a form that can be assigned to a writer: a section, an item or a single question."""

from collections.abc import Iterator

from rules.forms.form import Form


def questions_in(form: Form, place: str) -> frozenset[str]:
    """The questions of the section, item or question with that key; empty if the form has none."""
    for section in form.sections:
        if section.key == place:
            return frozenset(one.key for item in section.items for one in item.questions)
    for section in form.sections:
        for item in section.items:
            if item.key == place:
                return frozenset(one.key for one in item.questions)
    return frozenset({place} & form.questions.keys())


def within(form: Form, place: str) -> Iterator[str]:
    """The parts of a part: sections of the form (""), items of a section, questions of an item. Empty if it would be
    the whole again.
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
