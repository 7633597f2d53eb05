"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "submissions",
    "monthly_summary",
    "cases",
    "placements",
    "agencies",
    "agency_assessments",
    "worker_reviews",
    "legalised_documents",
    "job_orders",
    "activities",
    "targets",
    "fx_rates",
)


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "posts",
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("post_name", sa.String(length=60), nullable=False),
        sa.Column("mission_type", sa.String(length=20), nullable=False),
        sa.Column("officer_type", sa.String(length=20), nullable=False),
        sa.Column("iso3", sa.String(length=3), nullable=False),
        sa.Column("place_id", sa.String(length=60), nullable=False),
        sa.Column("place_en", sa.String(length=60), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("shelter_capacity", sa.Integer(), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("post_code", name=op.f("pk_posts")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("for_simulation", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=True),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("rows_ok", sa.Integer(), nullable=False),
        sa.Column("rows_bad", sa.Integer(), nullable=False),
        sa.Column("rows_added", sa.Integer(), nullable=False),
        sa.Column("rows_changed", sa.Integer(), nullable=False),
        sa.Column("rows_removed", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('monthly', 'central', 'undo')", name=op.f("ck_submissions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_submissions_post_code")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["submissions.id"], name=op.f("fk_submissions_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("undoes", name=op.f("uq_submissions_undoes")),
    )
    op.create_index(
        op.f("ix_submissions_post_code_period"),
        "submissions",
        ["post_code", "period"],
        unique=False,
    )
    op.create_index(op.f("ix_submissions_sha256"), "submissions", ["sha256"], unique=False)
    op.create_table(
        "activities",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("partner", sa.String(length=120), nullable=True),
        sa.Column("leads", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_activities_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_activities_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_activities")),
        sa.UniqueConstraint(
            "submission", "post_code", "period", "date", "kind", "partner", name="uq_activities_row"
        ),
    )
    op.create_index(
        "ix_activities_row",
        "activities",
        ["post_code", "period", "date", "kind", "partner"],
        unique=False,
    )
    op.create_index(op.f("ix_activities_submission"), "activities", ["submission"], unique=False)
    op.create_table(
        "agencies",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("agency_name", sa.String(length=120), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=True),
        sa.Column("host_license_until", sa.Date(), nullable=True),
        sa.Column("registration_until", sa.Date(), nullable=True),
        sa.Column("list_status", sa.String(length=30), nullable=True),
        sa.Column("sanction", sa.String(length=30), nullable=True),
        sa.Column("sanction_from", sa.Date(), nullable=True),
        sa.Column("sanction_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_agencies_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_agencies_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_agencies")),
        sa.UniqueConstraint("submission", "post_code", "agency_code", name="uq_agencies_row"),
    )
    op.create_index("ix_agencies_row", "agencies", ["post_code", "agency_code"], unique=False)
    op.create_index(op.f("ix_agencies_submission"), "agencies", ["submission"], unique=False)
    op.create_table(
        "agency_assessments",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("q1", sa.Integer(), nullable=True),
        sa.Column("q2", sa.Integer(), nullable=True),
        sa.Column("q3", sa.Integer(), nullable=True),
        sa.Column("q4", sa.Integer(), nullable=True),
        sa.Column("q5", sa.Integer(), nullable=True),
        sa.Column("q6", sa.Integer(), nullable=True),
        sa.Column("q7", sa.Integer(), nullable=True),
        sa.Column("q8", sa.Integer(), nullable=True),
        sa.Column("q9", sa.Integer(), nullable=True),
        sa.Column("q10", sa.Integer(), nullable=True),
        sa.Column("recommendation", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_agency_assessments_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_agency_assessments_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_agency_assessments")),
        sa.UniqueConstraint(
            "submission",
            "post_code",
            "agency_code",
            "date",
            "kind",
            name="uq_agency_assessments_row",
        ),
    )
    op.create_index(
        "ix_agency_assessments_row",
        "agency_assessments",
        ["post_code", "agency_code", "date", "kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_agency_assessments_submission"), "agency_assessments", ["submission"], unique=False
    )
    op.create_table(
        "cases",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("case_id", sa.String(length=60), nullable=True),
        sa.Column("date_reported", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("case_type", sa.String(length=30), nullable=True),
        sa.Column("request", sa.String(length=30), nullable=True),
        sa.Column("stage", sa.String(length=30), nullable=True),
        sa.Column("urgency", sa.String(length=30), nullable=True),
        sa.Column("procedural", sa.String(length=30), nullable=True),
        sa.Column("employer_type", sa.String(length=30), nullable=True),
        sa.Column("sector_code", sa.String(length=30), nullable=True),
        sa.Column("gender", sa.String(length=30), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("agency_fault", sa.String(length=30), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=True),
        sa.Column("holder", sa.String(length=30), nullable=True),
        sa.Column("date_first_response", sa.Date(), nullable=True),
        sa.Column("date_closed", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=True),
        sa.Column("amount_claimed", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("amount_recovered", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=30), nullable=True),
        sa.Column("in_shelter", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_cases_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_cases_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_cases")),
        sa.UniqueConstraint("submission", "post_code", "case_id", name="uq_cases_row"),
    )
    op.create_index("ix_cases_row", "cases", ["post_code", "case_id"], unique=False)
    op.create_index(op.f("ix_cases_submission"), "cases", ["submission"], unique=False)
    op.create_table(
        "fx_rates",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("idr_per_unit", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_fx_rates_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_fx_rates")),
        sa.UniqueConstraint(
            "submission", "period", "currency", name=op.f("uq_fx_rates_submission_period_currency")
        ),
    )
    op.create_index(op.f("ix_fx_rates_submission"), "fx_rates", ["submission"], unique=False)
    op.create_table(
        "job_orders",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("jo_id", sa.String(length=60), nullable=True),
        sa.Column("date_received", sa.Date(), nullable=True),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("p3mi_code", sa.String(length=60), nullable=True),
        sa.Column("employer_type", sa.String(length=30), nullable=True),
        sa.Column("sector_code", sa.String(length=30), nullable=True),
        sa.Column("occupation", sa.String(length=60), nullable=True),
        sa.Column("kbji", sa.String(length=60), nullable=True),
        sa.Column("vacancies", sa.Integer(), nullable=True),
        sa.Column("wage", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=30), nullable=True),
        sa.Column("contract_months", sa.Integer(), nullable=True),
        sa.Column("scheme", sa.String(length=30), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=True),
        sa.Column("date_verified", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("filled", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_job_orders_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_job_orders_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_job_orders")),
        sa.UniqueConstraint("submission", "post_code", "jo_id", name="uq_job_orders_row"),
    )
    op.create_index("ix_job_orders_row", "job_orders", ["post_code", "jo_id"], unique=False)
    op.create_index(op.f("ix_job_orders_submission"), "job_orders", ["submission"], unique=False)
    op.create_table(
        "legalised_documents",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("doc_type", sa.String(length=30), nullable=True),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("employer_type", sa.String(length=30), nullable=True),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("rejected", sa.Integer(), nullable=True),
        sa.Column("days_median", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_legalised_documents_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_legalised_documents_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_legalised_documents")),
        sa.UniqueConstraint(
            "submission",
            "post_code",
            "period",
            "doc_type",
            "agency_code",
            "employer_type",
            name="uq_legalised_documents_row",
        ),
    )
    op.create_index(
        "ix_legalised_documents_row",
        "legalised_documents",
        ["post_code", "period", "doc_type", "agency_code", "employer_type"],
        unique=False,
    )
    op.create_index(
        op.f("ix_legalised_documents_submission"),
        "legalised_documents",
        ["submission"],
        unique=False,
    )
    op.create_table(
        "monthly_summary",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("registered_workers", sa.Integer(), nullable=True),
        sa.Column("registered_new", sa.Integer(), nullable=True),
        sa.Column("estimated_workers", sa.Integer(), nullable=True),
        sa.Column("estimate_source", sa.String(length=30), nullable=True),
        sa.Column("monitored_workers", sa.Integer(), nullable=True),
        sa.Column("employer_visits", sa.Integer(), nullable=True),
        sa.Column("shelter_in", sa.Integer(), nullable=True),
        sa.Column("shelter_out", sa.Integer(), nullable=True),
        sa.Column("shelter_end", sa.Integer(), nullable=True),
        sa.Column("repatriated", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_monthly_summary_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_monthly_summary_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_monthly_summary")),
        sa.UniqueConstraint("submission", "post_code", "period", name="uq_monthly_summary_row"),
    )
    op.create_index(
        "ix_monthly_summary_row", "monthly_summary", ["post_code", "period"], unique=False
    )
    op.create_index(
        op.f("ix_monthly_summary_submission"), "monthly_summary", ["submission"], unique=False
    )
    op.create_table(
        "placements",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("employer_type", sa.String(length=30), nullable=True),
        sa.Column("sector_code", sa.String(length=30), nullable=True),
        sa.Column("scheme", sa.String(length=30), nullable=True),
        sa.Column("gender", sa.String(length=30), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_placements_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_placements_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_placements")),
        sa.UniqueConstraint(
            "submission",
            "post_code",
            "period",
            "agency_code",
            "employer_type",
            "sector_code",
            "scheme",
            "gender",
            name="uq_placements_row",
        ),
    )
    op.create_index(
        "ix_placements_row",
        "placements",
        ["post_code", "period", "agency_code", "employer_type", "sector_code", "scheme", "gender"],
        unique=False,
    )
    op.create_index(op.f("ix_placements_submission"), "placements", ["submission"], unique=False)
    op.create_table(
        "targets",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_targets_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_targets_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_targets")),
        sa.UniqueConstraint(
            "submission",
            "year",
            "post_code",
            "metric",
            name=op.f("uq_targets_submission_year_post_code_metric"),
        ),
    )
    op.create_index(op.f("ix_targets_submission"), "targets", ["submission"], unique=False)
    op.create_table(
        "worker_reviews",
        sa.Column(
            "version",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("post_code", sa.String(length=3), nullable=False),
        sa.Column("agency_code", sa.String(length=60), nullable=True),
        sa.Column("quarter", sa.String(length=7), nullable=True),
        sa.Column("n_reviews", sa.Integer(), nullable=True),
        sa.Column("fee", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("contract", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("docs", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("help", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"], ["posts.post_code"], name=op.f("fk_worker_reviews_post_code")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_worker_reviews_submission")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_worker_reviews")),
        sa.UniqueConstraint(
            "submission", "post_code", "agency_code", "quarter", name="uq_worker_reviews_row"
        ),
    )
    op.create_index(
        "ix_worker_reviews_row",
        "worker_reviews",
        ["post_code", "agency_code", "quarter"],
        unique=False,
    )
    op.create_index(
        op.f("ix_worker_reviews_submission"), "worker_reviews", ["submission"], unique=False
    )
    _protect()


def _protect() -> None:
    """Refuse every change of what was once written: a mistake in the code cannot lose history."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "create function refuse_change() returns trigger language plpgsql as "
            "$$ begin raise exception 'rows are only added, never changed'; end $$"
        )
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            name = f"{table}_no_{action}"
            op.execute(
                f"create trigger {name} before {action} on {table} "
                "for each row execute function refuse_change()"
                if postgresql
                else f"create trigger {name} before {action} on {table} "
                "begin select raise(abort, 'rows are only added, never changed'); end"
            )


def downgrade() -> None:
    """Take the tables away, and everything in them."""
    for table in (*reversed(APPEND_ONLY), "posts", "installation"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function refuse_change()")
