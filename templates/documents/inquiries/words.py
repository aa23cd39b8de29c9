"""Names of the forms of opinions."""

from rules.forms.form import Form


def form_named(form: Form) -> str:
    """The code of the form with its instrument: Mẫu số 03, 02-HD/TU (Sơn La)."""
    return ", ".join(filter(None, (form.code, form.instrument)))
