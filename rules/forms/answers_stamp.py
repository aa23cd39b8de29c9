"""The stamp of a form's answers, by which a button recognises whether they have changed since it was drawn."""

import hashlib
import json

from rules.forms.form import Form
from rules.nouns.reviews import Answers


def answers_stamp(form: Form, answers: Answers) -> str:
    """SHA-256 (hexadecimal) of form, version and answers. Buttons carry its first digits, so it must never change.

    It covers the answers only; what is printed of a draft and who sent it is covered by the fingerprint of its
    document. Answers to questions that are not printed or no longer asked are included, because the suggestion depends
    on them.
    """
    content = {
        "form": [form.instrument, form.code, form.version],
        "answers": {key: [answers[key].value, answers[key].note] for key in form.questions if key in answers},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
