"""Headings: where they stand, how they are written, and which are missing or too many."""

from collections.abc import Callable

import openpyxl

from data_access.sheets import CASES
from tests.data_access.intake.bad_inputs.bench import (
    FILE,
    NORMALISED,
    ROW,
    WARNED,
    Answer,
    Bench,
    line,
)
from tests.data_access.intake.bad_inputs.csv_shape import places, two_cases
from tests.data_access.intake.builders import cell
from tests.data_access.intake.imports import stored

HEADINGS = [field.label.indonesian for field in CASES.fields]
GROUPED = {
    "Tanggal lapor": ("Tanggal", "lapor"),
    "Tanggal tanggapan pertama": ("Tanggal", "tanggapan pertama"),
    "Tanggal selesai/ditutup": ("", "selesai/ditutup"),
    "Hak keuangan dituntut": ("Hak keuangan", "dituntut"),
    "Hak keuangan diperoleh": ("", "diperoleh"),
}


def with_headings(headings: list[str], *above: str, below: list[str] | None = None) -> str:
    """Return two cases under other headings."""
    lines = two_cases()
    return "\n".join([*above, ";".join(headings), *(lines[1:] if below is None else below)])


def renamed(old: str, new: str) -> list[str]:
    """Return the headings with another word in one place."""
    return [new if heading == old else heading for heading in HEADINGS]


def headed(heading: str, words: str) -> Callable[[openpyxl.Workbook], None]:
    """Return a change of one heading of the cases' sheet."""

    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page[cell(page, CASES, heading, row=1)] = words

    return change


def taken(bench: Bench, answer: Answer) -> Answer:
    """See to it that both cases were stored."""
    assert stored(bench.engine, "cases").height == 2, places(answer)
    return answer


@line("B033", NORMALISED)
def title_above(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page.insert_rows(1, 3)
        page["A1"] = "LAPORAN BULANAN"
        page.merge_cells("A1:H1")

    assert bench.send_book(change).verdict == NORMALISED
    return bench.send_csv(with_headings(HEADINGS, "LAPORAN BULANAN", "Pos;Riyadh", ""))


@line("B034", NORMALISED)
def two_rows_of_headings(bench: Bench) -> Answer:
    upper = [GROUPED.get(heading, (heading, ""))[0] for heading in HEADINGS]
    lower = [GROUPED.get(heading, ("", ""))[1] for heading in HEADINGS]

    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page.insert_rows(1)
        for column, words in enumerate(zip(upper, lower, strict=True), start=1):
            for row, word in enumerate(words, start=1):
                page.cell(row, column, word or None)

    assert bench.send_book(change).verdict == NORMALISED
    return taken(bench, bench.send_csv(with_headings(lower, ";".join(upper))))


@line("B035", FILE, "E-HEADER")
def no_headings(bench: Bench) -> Answer:
    return bench.send_csv("\n".join(two_cases()[1:]))


@line("B036", FILE, "E-DUPHEADER")
def heading_twice(bench: Bench) -> Answer:
    lines = two_cases()
    first, second, third = (";".join([one.split(";")[0], one]) for one in lines)
    answer = bench.send_csv("\n".join([first, second, third]))
    assert places(answer) == [("E-DUPHEADER", (1,), "B")]
    return answer


@line("B037", NORMALISED)
def space_behind(bench: Bench) -> Answer:
    return taken(bench, bench.send_csv(with_headings([f"{heading} " for heading in HEADINGS])))


@line("B038", NORMALISED)
def unbreakable_space(bench: Bench) -> Answer:
    spaced = [heading.replace(" ", "\u00a0") + "\u00a0" for heading in HEADINGS]
    return taken(bench, bench.send_csv(with_headings(spaced)))


@line("B039", NORMALISED)
def capital_letters(bench: Bench) -> Answer:
    answer = bench.send_csv(with_headings([field.name.upper() for field in CASES.fields]))
    return taken(bench, answer)


@line("B040", NORMALISED)
def other_words(bench: Bench) -> Answer:
    other = {
        "Nomor kasus": "No. Kasus",
        "Tanggal lapor": "Tgl. Lapor",
        "Kode mitra": "Kode Agensi",
        "Jenis kelamin": "L/P",
        "Tanggal selesai/ditutup": "Tgl Selesai / Ditutup",
    }
    headings = [other.get(heading, heading) for heading in HEADINGS]
    return taken(bench, bench.send_csv(with_headings(headings)))


@line("B041", FILE, "E-HEADER")
def misspelt(bench: Bench) -> Answer:
    answer = bench.send_csv(with_headings(renamed("Tanggal lapor", "tangal_lapor")))
    assert places(answer) == [("E-HEADER", (1,), "B")]
    assert "'Tanggal lapor'" in answer.report.findings[0].advice.indonesian
    return answer


@line("B042", FILE, "E-MISSINGCOL")
def column_left_out(bench: Bench) -> Answer:
    lines = [one.split(";") for one in two_cases()]
    answer = bench.send_csv("\n".join(";".join(cells[:1] + cells[2:]) for cells in lines))
    (finding,) = answer.report.findings
    assert finding.heading.indonesian == "Tanggal lapor"
    return answer


@line("B043", WARNED, "W-COLUMN")
def extra_column(bench: Bench) -> Answer:
    first, *rest = two_cases()
    answer = bench.send_csv("\n".join([f"{first};agama", *(f"{one};x" for one in rest)]))
    assert "agama" not in stored(bench.engine, "cases").columns
    assert answer.report.findings[0].heading.indonesian == "agama"
    return answer


@line("B044", NORMALISED)
def another_order(bench: Bench) -> Answer:
    lines = (";".join(reversed(one.split(";"))) for one in two_cases())
    return taken(bench, bench.send_csv("\n".join(lines)))


@line("B045", ROW, "W-LEFTOUT")
def headings_again_further_down(bench: Bench) -> Answer:
    first, second, third = two_cases()
    answer = bench.send_csv("\n".join([first, second, first, third]))
    assert places(answer) == [("W-LEFTOUT", (3,), "")]
    return taken(bench, answer)


@line("B046", NORMALISED)
def zero_width_space(bench: Bench) -> Answer:
    return taken(bench, bench.send_csv(with_headings([f"{words}\u200b" for words in HEADINGS])))


@line("B047", FILE, "E-HEADER")
def letters_that_look_alike(bench: Bench) -> Answer:
    answer = bench.send_csv(with_headings(renamed("Tanggal lapor", "Tanggal l\u0430por")))
    assert places(answer) == [("E-HEADER", (1,), "B")]
    assert "Cyrillic" in answer.report.findings[0].reason.english
    return answer


@line("B048", FILE, "E-HEADER")
def formula_as_heading(bench: Bench) -> Answer:
    answer = bench.send_csv(with_headings(renamed("Nomor kasus", "=A1")))
    assert ("E-HEADER", (1,), "A") in places(answer)
    assert bench.send_book(headed("case_id", "=B1")).verdict == FILE
    return answer


@line("B049", FILE, "E-TEMPLATE")
def an_older_template(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Petunjuk"]
        (version,) = (row for row in page.iter_rows() if row[0].value == "Versi templat")
        version[1].value = "1"

    return bench.send_book(change)
