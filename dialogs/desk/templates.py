"""The office's own Word templates, form by form: a file is handed in, looked at, shown as a sample and agreed to. The
generic template can be restored.
"""

from collections.abc import Mapping

from dialogs.core.awaited import awaiting, text_of
from dialogs.core.buttons import Button
from dialogs.core.commands.files import ChooseTemplate, DropUpload, KeepUpload, LetTemplateGo
from dialogs.core.events import Handed
from dialogs.core.handlers import Books, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page, word
from dialogs.core.stamps import FINGERPRINT, seal
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.own_tables import TO_TABLES, places
from rules.campaign.permissions import Action
from rules.forms.form import Form
from rules.nouns.reviews import Json

#: The purpose of the focus while a template is awaited. `form` in the focus says for which form.
TEMPLATE = "desk_template"
#: The verb of the button that agrees to a file. The shell reads the file again for it.
PUT_TEMPLATE = "desk_template_put"

_BACK = Key("desk/templates", Button("desk_templates"))
_BASE = Key("desk/template_base", Button("desk_template_base"))


def show(books: Books, state: State, view: OfficeView, button: Button | None = None) -> Turn:
    """The forms of the open campaigns in pages, and those that have a template of their own."""
    forms = [*_forms(books, view).values()]
    some = page(forms, number(button, 0) if button else 0)
    opening = (
        (Key("desk/template", Button(TEMPLATE, 0, (seal(one.id),)), _form_values(view, one)),) for one in some.shown
    )
    values: dict[str, Json] = {
        "forms": len(forms),
        "own": [_form_values(view, one) for one in forms if one.id in view.own_templates],
    }
    settings = (Key("desk/settings", Button("desk_settings")),)
    tables = (TO_TABLES,) if any(places(books, view)) else ()
    keys = rows(*opening, some.keys("desk_templates"), (_BASE,), tables, settings)
    return Turn((Reply("desk/templates", values, keys),), let_go(state))


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Await the template of a form."""
    form = next((one for one in _forms(books, view).values() if seal(one.id) == word(button, 0)), None)
    if form is None:
        return show(books, state, view)
    return Turn((_asking(view, form),), (awaiting(TEMPLATE, form=form.id),))


def typed(books: Books, state: State, view: OfficeView, _: str) -> Turn:
    """A text was sent while a file is awaited."""
    form = _awaited(books, state, view)
    return Turn((_asking(view, form),)) if form else show(books, state, view)


def handed(books: Books, state: State, view: OfficeView, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or a sample made with it, before it is used."""
    form, file = _awaited(books, state, view), view.handed
    if form is None:
        return show(books, state, view)
    if event.trouble or file is None:
        return Turn((_asking(view, form, trouble=event.trouble or "lost", name=event.name),))
    if file.mistakes:
        more = file.mistakes_count - len(file.mistakes)
        values: dict[str, Json] = {"name": file.name, "mistakes": [*file.mistakes], "more": more}
        return Turn((Reply("desk/template_wrong", values, rows((_BASE,), (_BACK,)), awaits_file=True),))
    agree = Key("desk/template_put", Button(PUT_TEMPLATE, 0, (file.sha256[:FINGERPRINT],)))
    drop = Key("desk/cancel", Button("desk_template_drop"))
    told: dict[str, Json] = {**_form_values(view, form), "name": file.name}
    sample = Reply(
        "desk/template_sample", told, rows((agree,), (drop,)), DeskFile("wordsample", "docx"), awaits_file=True
    )
    return Turn((sample,), (KeepUpload(file.name, file.sha256),))


def put(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Use the template that was shown, for everything sent from now on."""
    form, file = _awaited(books, state, view), view.handed
    if form is None or file is None or file.mistakes or file.sha256[:FINGERPRINT] != word(button, 0):
        return show(books, state, view)
    values = {**_form_values(view, form), "name": file.name}
    reply = Reply("desk/template_set", values, rows((_BACK,)))
    return Turn((reply,), (ChooseTemplate(form.id, file.sha256), *let_go(state)))


def let_it_go(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Use the generic template from now on."""
    form = next((one for one in _forms(books, view).values() if seal(one.id) == word(button, 0)), None)
    if form is None or form.id not in view.own_templates:
        return show(books, state, view)
    reply = Reply("desk/template_gone", _form_values(view, form), rows((_BACK,)))
    return Turn((reply,), (LetTemplateGo(form.id), *let_go(state)))


def drop(books: Books, state: State, view: OfficeView, _: Button) -> Turn:
    """Discard the file."""
    shown = show(books, state, view)
    return Turn(shown.replies, (DropUpload(), *shown.commands))


def base(_: Books, state: State, __: OfficeView, ___: Button) -> Turn:
    """The generic template, as a base for one's own. If a file is awaited, it still is."""
    awaits = (state.focus or {}).get("for") == TEMPLATE
    return Turn((Reply("desk/template_base", {}, rows((_BACK,)), DeskFile("wordbase", "docx"), awaits_file=awaits),))


def own(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The template in use, as it was handed in. If a file is awaited, it still is."""
    form = next((one for one in _forms(books, view).values() if seal(one.id) == word(button, 0)), None)
    if form is None or form.id not in view.own_templates:
        return show(books, state, view)
    awaits = (state.focus or {}).get("for") == TEMPLATE
    attached = DeskFile(f"wordown_{seal(form.id)}", "docx")
    return Turn((Reply("desk/template_own", _form_values(view, form), rows((_BACK,)), attached, awaits_file=awaits),))


def _asking(view: OfficeView, form: Form, trouble: str = "", name: str = "") -> Reply:
    values: dict[str, Json] = {**_form_values(view, form), "trouble": trouble, "file": name}
    gone = Key("desk/template_off", Button("desk_template_off", 0, (seal(form.id),)))
    again = Key("desk/template_own", Button("desk_template_own", 0, (seal(form.id),)))
    in_use = form.id in view.own_templates
    return Reply(
        "desk/template",
        values,
        rows((_BASE,), (again,) if in_use else (), (gone,) if in_use else (), (_BACK,)),
        awaits_file=True,
    )


def _forms(books: Books, view: OfficeView) -> Mapping[str, Form]:
    parts = sorted(view.campaigns, key=lambda one: one.id)
    return {id_: form for part in parts for id_, form in books[part.edition].forms.items()}


def _awaited(books: Books, state: State, view: OfficeView) -> Form | None:
    return _forms(books, view).get(text_of(state.focus or {}, "form"))


def _form_values(view: OfficeView, form: Form) -> dict[str, Json]:
    name, since = view.own_templates.get(form.id, ("", None))
    return {"code": form.code, "title": form.title, "own": name, "since": since.isoformat() if since else ""}


VERBS: dict[str, OnPress] = {
    "desk_templates": OFFICE.looking(show, Action.OPEN_CAMPAIGN),
    TEMPLATE: OFFICE.looking(ask, Action.OPEN_CAMPAIGN),
    PUT_TEMPLATE: OFFICE.looking(put, Action.OPEN_CAMPAIGN),
    "desk_template_off": OFFICE.looking(let_it_go, Action.OPEN_CAMPAIGN),
    "desk_template_drop": OFFICE.looking(drop, Action.OPEN_CAMPAIGN),
    "desk_template_own": OFFICE.looking(own, Action.OPEN_CAMPAIGN),
    "desk_template_base": OFFICE.looking(base, Action.OPEN_CAMPAIGN),
}

TEXTS: dict[str, OnText] = {TEMPLATE: OFFICE.looking(typed, Action.OPEN_CAMPAIGN)}

FILES: dict[str, OnFile] = {TEMPLATE: OFFICE.looking(handed, Action.OPEN_CAMPAIGN)}
