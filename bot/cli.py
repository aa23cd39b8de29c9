"""The command line. Every mistake of the user, and every trouble of the machine (full disk, used port), ends in one clear
line and exit status 2.
"""

import sys
from contextlib import suppress
from typing import NoReturn

import typer

from bot.commands import campaign, months, products
from bot.commands.house import audit, database, demo, serve, status
from bot.commands.papers import decision, documents, dossier, tables, template, verify
from bot.commands.people import data, invite, roster
from bot.commands.rulebooks import quota, rate, rulebook, score
from bot.troubles import trouble_of
from rules.nouns.errors import TusoiError

app = typer.Typer(
    name="tusoi",
    help="Tự Soi: tự đánh giá, xếp loại chất lượng hằng năm qua trò chuyện, kèm điều khoản cho từng bước.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(rulebook.app, name="rulebook")
app.add_typer(campaign.app, name="campaign")
app.add_typer(roster.app, name="roster")
app.add_typer(products.app, name="products")
app.add_typer(products.work, name="work")
app.add_typer(months.app, name="months")
app.add_typer(invite.app, name="invite")
app.add_typer(template.app, name="template")
app.add_typer(database.app, name="db")
app.add_typer(audit.app, name="audit")
app.add_typer(data.app, name="data")
app.command()(rate.rate)
app.command()(quota.quota)
app.command()(score.score)
app.command()(documents.documents)
app.command()(verify.verify)
app.command()(tables.tables)
app.command()(dossier.dossier)
app.command()(decision.decision)
app.command()(serve.serve)
app.command()(status.status)
app.command()(demo.demo)


def main() -> None:
    """The entry point of `tusoi`."""
    try:
        app()
    except TusoiError as error:
        _end(error)
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, MemoryError) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        _end(trouble)


def _end(error: TusoiError) -> NoReturn:
    from templates.errors import worded  # noqa: PLC0415 - the words are read when there is something to say

    with suppress(OSError):  # standard error may be on the full disk as well
        sys.stderr.write(f"{worded(error)}\n")
    sys.exit(2)
