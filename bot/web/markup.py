"""The small set of HTML a worded message may use; anything else is shown as typed.

Messages are worded by our autoescaped templates, so their HTML is ours. This check stands between
them and the page all the same: should a template ever let a person's text through unescaped, the
page shows its characters and runs nothing.
"""

import re

from markupsafe import Markup, escape

_TAG = re.compile(r"<(/?)(b|i|u|s|code|blockquote)>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def safe_html(html: str) -> Markup:
    """`html` as markup when it is of the small set, else escaped whole."""
    return Markup(html) if _is_ours(html) else escape(html)  # noqa: S704 - checked against the whole set


def _is_ours(html: str) -> bool:
    """Only known tags without attributes, properly nested, and no bare `<`, `>` or `&`."""
    rest = _ENTITY.sub("", _TAG.sub("", html))
    return not any(sign in rest for sign in "<>&") and _is_nested(html)


def _is_nested(html: str) -> bool:
    opened: list[str] = []
    for closing, name in _TAG.findall(html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
