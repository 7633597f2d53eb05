"""Who sent a file, which files were refused, and which words posts write for a code."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
APPEND_ONLY = ("refused_files", "spellings")


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column(
        "submissions",
        sa.Column("sent_by", sa.String(length=120), nullable=False, server_default=""),
    )
    op.create_table(
        "refused_files",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by", sa.String(length=120), nullable=False),
        sa.Column("post_code", sa.String(length=5), nullable=False),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_files")),
    )
    op.create_table(
        "spellings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("code_list", sa.String(length=30), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("remembered_at", sa.DateTime(), nullable=False),
        sa.Column("remembered_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_spellings_post_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spellings")),
    )
    op.create_index(
        op.f("ix_spellings_post_code_code_list"),
        "spellings",
        ["post_code", "code_list"],
        unique=False,
    )
    _protect()


def _protect() -> None:
    """Refuse every change of what was once written, as 0001 does."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            begin = f"create trigger {table}_no_{action} before {action} on {table} "
            op.execute(
                begin + "for each row execute function refuse_change()"
                if postgresql
                else begin + "begin select raise(abort, 'rows are only added, never changed'); end"
            )


def downgrade() -> None:
    """Take the tables away, and everything in them."""
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    op.drop_column("submissions", "sent_by")
