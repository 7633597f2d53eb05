"""Shelter and staff of a post change over the years: versions, no longer columns of `posts`."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
TABLE = "capacities"


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        TABLE,
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("shelter_capacity", sa.Integer(), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_capacities_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_capacities_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_capacities")),
        sa.UniqueConstraint(
            "submission",
            "period",
            "post_code",
            name=op.f("uq_capacities_submission_period_post_code"),
        ),
    )
    op.create_index(op.f("ix_capacities_submission"), TABLE, ["submission"], unique=False)
    _protect()
    for column in ("shelter_capacity", "staff_count"):  # never filled in so far
        op.drop_column("posts", column)


def _protect() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for action in ("update", "delete"):
        begin = f"create trigger {TABLE}_no_{action} before {action} on {TABLE} "
        op.execute(
            begin + "for each row execute function refuse_change()"
            if postgresql
            else begin + "begin select raise(abort, 'rows are only added, never changed'); end"
        )


def downgrade() -> None:
    """Take the table away, and everything in it."""
    for column in ("shelter_capacity", "staff_count"):
        op.add_column("posts", sa.Column(column, sa.Integer(), nullable=True))
    op.drop_table(TABLE)
