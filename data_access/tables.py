"""The database tables. What posts send is only ever added, never changed.

Each row of a sheet's table is one version of that row, with the submission that brought it; the
current state is what the last submission that still stands says (see `current.py`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from data_access.fields import Field, Sheet
from data_access.sheets import SHEETS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite counts up only a column declared plain INTEGER.
_COUNTER = BigInteger().with_variant(Integer, "sqlite")

posts = Table(
    "posts",
    metadata,
    Column("post_code", String(3), primary_key=True),
    Column("post_name", String(60), nullable=False),
    Column("mission_type", String(20), nullable=False),
    Column("officer_type", String(20), nullable=False),
    Column("iso3", String(3), nullable=False),
    Column("place_id", String(60), nullable=False),
    Column("place_en", String(60), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
)

# One row: which database this is, so that a copy made of one is never read as another's, and
# whether a first start of the dashboard made it, which then fills it with DATA SIMULASI.
installation = Table(
    "installation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("for_simulation", Boolean, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False),  # monthly, central, undo
    Column("post_code", String(3), ForeignKey("posts.post_code")),  # null: Jakarta's own
    Column("period", Date),  # first day of the month
    Column("received_at", DateTime, nullable=False),  # UTC
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("simulated", Boolean, nullable=False),  # DATA SIMULASI
    Column("whole", Boolean, nullable=False),  # a whole workbook; one csv sheet is no report
    Column("rows_ok", Integer, nullable=False),
    Column("rows_bad", Integer, nullable=False),  # rows read with a warning
    Column("rows_added", Integer, nullable=False),
    Column("rows_changed", Integer, nullable=False),
    Column("rows_removed", Integer, nullable=False),
    Column("undoes", Integer, ForeignKey("submissions.id"), unique=True),
    Column("sent_by", String(120), nullable=False, server_default=""),
    CheckConstraint("kind in ('monthly', 'central', 'undo')", name="kind"),
    Index(None, "post_code", "period"),
    Index(None, "sha256"),
)

# Files that were not taken in: who tried what, when, and why not. Never a value of a cell.
refused_files = Table(
    "refused_files",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("received_at", DateTime, nullable=False),  # UTC
    Column("sent_by", String(120), nullable=False),
    Column("post_code", String(5), nullable=False),  # "": the file does not tell
    Column("period", Date),
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("code", String(20), nullable=False),  # of the refusal, or of the first fault
    Column("faults", Integer, nullable=False),
)

# Words that a post writes for a code, as a person resolved them once; the last one holds.
spellings = Table(
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("post_code", String(3), ForeignKey("posts.post_code"), nullable=False),
    Column("code_list", String(30), nullable=False),  # of code_lists.csv, or "agency"
    Column("words", String(120), nullable=False),  # in small letters, single spaces
    Column("code", String(60), nullable=False),  # "": forgotten again
    Column("remembered_at", DateTime, nullable=False),  # UTC
    Column("remembered_by", String(120), nullable=False),
    Index(None, "post_code", "code_list"),
)


def _type(field: Field) -> TypeEngine:
    match field.kind:
        case "date":
            return Date()
        case "integer":
            return Integer()
        case "decimal":
            return Numeric(18, 2)
        case "yes_no":
            return Boolean()
        case "quarter":
            return String(7)
        case "code":
            return String(30)
        case "text":
            return String(field.length)


def _versions(sheet: Sheet) -> Table:
    """Return the table that keeps every version of a sheet's rows.

    Only what makes the row itself is required here: a removal keeps the key alone.
    """
    key = ("post_code", *sheet.key)
    columns = [Column("post_code", String(3), ForeignKey("posts.post_code"), nullable=False)]
    if sheet.whole_month:
        columns.append(Column("period", Date, nullable=False))
    columns += [Column(field.name, _type(field)) for field in sheet.fields]
    return Table(
        sheet.table,
        metadata,
        Column("version", _COUNTER, primary_key=True, autoincrement=True),
        Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
        Column("removed", Boolean, nullable=False),
        *columns,
        UniqueConstraint("submission", *key, name=f"uq_{sheet.table}_row"),
        Index(f"ix_{sheet.table}_row", *key),
    )


SHEET_TABLES: dict[str, Table] = {sheet.table: _versions(sheet) for sheet in SHEETS}

# What Jakarta keeps itself, each row with the submission that brought it.
capacities = Table(
    "capacities",
    metadata,
    Column("version", _COUNTER, primary_key=True, autoincrement=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("period", Date, nullable=False),  # from which month on it holds
    Column("post_code", String(3), ForeignKey("posts.post_code"), nullable=False),
    Column("shelter_capacity", Integer),
    Column("staff_count", Integer),
    UniqueConstraint("submission", "period", "post_code"),
)

targets = Table(
    "targets",
    metadata,
    Column("version", _COUNTER, primary_key=True, autoincrement=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("post_code", String(3), ForeignKey("posts.post_code"), nullable=False),
    Column("metric", String(40), nullable=False),
    Column("value", Numeric(18, 4), nullable=False),
    UniqueConstraint("submission", "year", "post_code", "metric"),
)

fx_rates = Table(
    "fx_rates",
    metadata,
    Column("version", _COUNTER, primary_key=True, autoincrement=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("period", Date, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("idr_per_unit", Numeric(18, 6), nullable=False),
    UniqueConstraint("submission", "period", "currency"),
)

# The tables of Jakarta, and what makes a row the same row in a later file.
CENTRAL_TABLES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "capacities": (capacities, ("period", "post_code")),
    "targets": (targets, ("year", "post_code", "metric")),
    "fx_rates": (fx_rates, ("period", "currency")),
}
