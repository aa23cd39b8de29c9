"""What may be said again about a ruling and a draft, also in databases whose 0002 was an earlier one.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Of what there is one: 0002 first allowed one acknowledgement a ruling and one endorsement a step.
_ONE_OF = {"acknowledgement": ["ruling_id", "response"], "endorsement": ["draft_id", "step", "by"]}


def upgrade() -> None:
    connection = op.get_bind()
    for table, columns in _ONE_OF.items():
        constraints = sa.inspect(connection).get_unique_constraints(table)
        if columns in [constraint["column_names"] for constraint in constraints]:
            continue
        with op.batch_alter_table(table) as batch:
            for constraint in constraints:
                assert constraint["name"]
                batch.drop_constraint(constraint["name"], type_="unique")
            batch.create_unique_constraint(f"uq_{table}_{'_'.join(columns)}", columns)
        if connection.dialect.name == "sqlite":
            make_append_only(table)  # the table was made anew, without its triggers
