"""DATA SIMULASI into an empty database: all or nothing, and never into one with real reports."""

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access.bulk import add_rows
from data_access.database import begin_import
from data_access.demo.generate import Demo, generate
from data_access.errors import ReaderError
from data_access.tables import submissions
from metrics.text import Text

Progress = Callable[[Text, float], None]

REAL_REPORTS = Text(
    "Basis data sudah berisi laporan nyata. DATA SIMULASI hanya dapat dibuat di basis data yang "
    "kosong.",
    "The database already holds real reports. Simulated data can only be built in an empty one.",
)
ALREADY_BUILT = Text(
    "Basis data sudah berisi DATA SIMULASI. Hapus basis data itu dahulu, lalu buat lagi.",
    "The database already holds simulated data. Remove that database first, then build again.",
)
DRAWING = Text("Menyusun DATA SIMULASI", "Drawing the simulated data")
WRITING = Text("Menulis {what}", "Writing {what}")
DONE = Text("DATA SIMULASI siap", "The simulated data are ready")
TABLES = {
    "agencies": Text("mitra", "agencies"),
    "placements": Text("penempatan", "placements"),
    "monthly_summary": Text("rekap bulanan", "monthly summaries"),
    "legalised_documents": Text("legalisasi dokumen", "legalised documents"),
    "job_orders": Text("job order", "job orders"),
    "agency_assessments": Text("penilaian mitra", "agency assessments"),
    "worker_reviews": Text("ulasan pekerja", "worker reviews"),
    "activities": Text("kegiatan", "activities"),
    "targets": Text("sasaran", "targets"),
    "fx_rates": Text("kurs", "exchange rates"),
    "capacities": Text("shelter dan petugas", "shelters and staff"),
}
CASES = Text("kasus {year}", "cases of {year}")

ROWS_AT_ONCE = 250_000  # bounds the memory that one handing over takes
DRAWN, TABLES_WRITTEN = 0.1, 0.3  # how far along the work is by then, of 1


def build(engine: Engine, *, seed: int, scale: float, last_month: date, progress: Progress) -> None:
    """Fill the database of an engine, whose tables and posts are there, with DATA SIMULASI.

    Everything is written in one transaction; of two builds at once the second is refused.
    Raises AlreadyFilled when the database already holds reports.
    """
    progress(DRAWING, 0.0)
    demo = generate(seed, scale, last_month)
    with begin_import(engine, "demo") as connection:
        _refuse_reports(connection)
        for table, rows in _parts(demo, progress):
            for part in rows.iter_slices(ROWS_AT_ONCE):
                add_rows(connection, table, part)
        if connection.dialect.name == "postgresql":
            # The ids were given, not counted up: tell the counter where to go on.
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('submissions', 'id'), max(id)) "
                "FROM submissions"
            )
    progress(DONE, 1.0)


class AlreadyFilled(ReaderError):
    """The database holds reports, real or simulated."""


def _refuse_reports(connection: Connection) -> None:
    kinds = connection.scalars(select(submissions.c.simulated).distinct()).all()
    if kinds:
        raise AlreadyFilled(ALREADY_BUILT if all(kinds) else REAL_REPORTS)


def _parts(demo: Demo, progress: Progress) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the rows table by table, submissions first, telling what is being written."""
    yield "submissions", demo.submissions
    for number, (table, words) in enumerate(TABLES.items()):
        share = DRAWN + (TABLES_WRITTEN - DRAWN) * number / len(TABLES)
        progress(WRITING.format(what=words), share)
        yield table, demo.tables[table]
    years = demo.submissions["period"].dt.year().unique().sort().to_list()
    for number, (year, rows) in enumerate(zip(years, demo.cases(), strict=True)):
        share = TABLES_WRITTEN + (1 - TABLES_WRITTEN) * number / len(years)
        progress(WRITING.format(what=CASES.format(year=year)), share)
        yield "cases", rows
