"""`tusoi db`: the database's own affairs."""

import asyncio

import typer

app = typer.Typer(help="Cơ sở dữ liệu.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `upgrade` a subcommand although it is the only one."""


@app.command()
def upgrade() -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu lên phiên bản của chương trình."""
    from bot.channels import read_settings
    from bot.wiring import prepare_database

    settings = read_settings()
    asyncio.run(prepare_database(settings))
    typer.echo("Cơ sở dữ liệu đã ở phiên bản hiện hành.")
