"""The stamp of answers: whether what a button was drawn from is still there."""

import hashlib
import json

from rules.forms.form import Form
from rules.nouns.reviews import Answers


def answers_stamp(form: Form, answers: Answers) -> str:
    """SHA-256 (hexadecimal) over form, version and answers. Buttons carry its first digits, for good.

    It names the answers only: what is printed of a draft, and who sent it, is named by the fingerprint of its document.

    Answers of unprinted or no longer asked questions count too: the suggestion rests on them.
    """
    content = {
        "form": [form.instrument, form.code, form.version],
        "answers": {key: [answers[key].value, answers[key].note] for key in form.questions if key in answers},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
