"""Words for the deeds recorded in the audit."""

import re

from templates.wording import LANGUAGES, environment, label

_NO_NAME = re.compile(r"\W+")


def deed(what: str, tongue: str = LANGUAGES[0]) -> str:
    """The words for a deed (rules/nouns/deeds.py). A deed known only to an earlier program is shown by its own name."""
    block = _NO_NAME.sub("_", what)
    known = environment(tongue).get_template("audit/labels.j2").blocks
    return label(f"audit/{block}", {}, tongue) if block in known else what
