"""How the form of an opinion is called."""

from rules.forms.form import Form


def form_named(form: Form) -> str:
    """Its code with its instrument: Mẫu số 03, 02-HD/TU (Sơn La)."""
    return ", ".join(filter(None, (form.code, form.instrument)))
