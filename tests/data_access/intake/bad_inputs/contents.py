"""Contents of a workbook: hidden things, formulas, merged cells, and what stands around a table."""

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font

from data_access.sheets import CASES, SUMMARY
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    ROW,
    WARNED,
    Answer,
    Bench,
    line,
)
from tests.data_access.intake.builders import MONTH, POST, cell, rows
from tests.data_access.intake.zips import good, with_cell_xml

XLSX = "laporan.xlsx"
HIDDEN_TOLD = "the issue asks that hidden sheets are told, and what is told is a warning"
THREE_CASES = rows(CASES, *({"case_id": f"RUH-2026-0000{n}"} for n in (1, 2, 3)))


@line("B076", WARNED, "W-HIDDEN", otherwise=HIDDEN_TOLD)
def a_hidden_sheet_first(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        page = book.copy_worksheet(book["Kasus"])
        page.title, page.sheet_state = "Kasus lama", "hidden"
        book.move_sheet(page, -len(book.sheetnames))

    return bench.send_book(change)


@line("B077", WARNED, "W-HIDDEN", otherwise=HIDDEN_TOLD)
def a_very_hidden_sheet(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Rahasia").sheet_state = "veryHidden"

    return bench.send_book(change)


@line("B078", WARNED, "W-HIDDENROW")
def hidden_rows(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].row_dimensions[3].hidden = True
        book["Kasus"].row_dimensions[90].hidden = True  # there is nothing in it

    answer = bench.send_book(change, cases=THREE_CASES)
    assert [finding.rows for finding in answer.report.findings] == [(3,)]
    return answer


@line("B079", WARNED, "W-HIDDENCOL")
def hidden_columns(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].column_dimensions["B"].hidden = True

    answer = bench.send_book(change)
    assert [finding.column for finding in answer.report.findings] == ["B"]
    return answer


@line("B080", WARNED, "W-FILTER")
def filtered_rows(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].auto_filter.ref = "A1:W4"
        for row in (2, 4):
            book["Kasus"].row_dimensions[row].hidden = True

    answer = bench.send_book(change, cases=THREE_CASES)
    assert [finding.rows for finding in answer.report.findings] == [(2, 4)]
    return answer


@line("B081", FILE, "E-SHEETS")
def several_sheets_of_data(bench: Bench) -> Answer:
    def beside_the_template(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book["Kasus"]).title = "Kasus Feb"

    def without_guide(book: openpyxl.Workbook) -> None:
        book["Kasus"].title = "Jan"
        book.copy_worksheet(book["Jan"]).title = "Feb"
        for name in set(book.sheetnames) - {"Jan", "Feb"}:
            book.remove(book[name])

    beside = bench.send_book(beside_the_template)
    alone = bench.send_book(without_guide, way={"post": POST, "month": MONTH})
    assert (beside.verdict, beside.codes) == (alone.verdict, alone.codes)
    return alone


@line("B082", NORMALISED)
def a_sheet_that_is_a_chart(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book.create_chartsheet("Grafik", 1).add_chart(BarChart())

    return bench.send_book(change)


@line("B083", WARNED, "W-FORMULA")
def a_formula_with_its_value(bench: Bench) -> Answer:
    xml = '<c r="{place}"><f>1+1</f><v>2</v></c>'
    answer = bench.send(XLSX, with_cell_xml(good(bench.folder), CASES, "people", xml))
    (finding,) = answer.report.findings
    assert (finding.rows, finding.column) == ((2,), "L")
    assert answer.report.checked.frames[CASES.table]["people"].to_list() == [2]
    return answer


@line("B084", CELL, "E-FORMULA")
def a_formula_without_its_value(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "people", "=1+1")


@line("B085", CELL, "E-CELLERR")
def division_by_zero(bench: Bench) -> Answer:
    return bench.send(XLSX, with_error(good(bench.folder), "#DIV/0!"))


@line("B086", CELL, "E-CELLERR")
def not_available_and_bad_reference(bench: Bench) -> Answer:
    answers = [bench.send(XLSX, with_error(good(bench.folder), e)) for e in ("#N/A", "#REF!")]
    assert answers[0].codes == answers[1].codes
    return answers[0]


def with_error(content: bytes, error: str) -> bytes:
    """Return a workbook in which a formula ends in an error."""
    xml = f'<c r="{{place}}" t="e"><f>x</f><v>{error}</v></c>'
    return with_cell_xml(content, CASES, "people", xml)


@line("B087", CELL, "E-MERGED")
def merged_cells(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].merge_cells("B2:B4")

    answer = bench.send_book(change, cases=THREE_CASES)
    (finding,) = answer.report.findings
    assert (finding.rows, finding.column) == ((3, 4), "B")
    return answer


@line("B088", NORMALISED)
def a_table_that_starts_at_c4(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].move_range("A1:X2", rows=3, cols=2)

    return bench.send_book(change)


@line("B089", NORMALISED)
def blank_rows_within(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].insert_rows(3, amount=2)

    answer = bench.send_book(change, cases=THREE_CASES)
    assert answer.report.checked.rows[CASES.table]["row"].to_list() == [2, 5, 6]
    return answer


@line("B090", ROW, "W-LEFTOUT")
def a_row_of_totals(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page["A3"] = "Jumlah"
        page.merge_cells("A3:K3")
        page[cell(page, CASES, "people", 3)] = "=SUM(L2:L2)"

    answer = bench.send_book(change)
    assert answer.report.findings[0].rows == (3,)
    return answer


@line("B091", ROW, "W-LEFTOUT")
def a_signature_below(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["A6"] = "Mengetahui,"

    return bench.send_book(change)


@line("B092", NORMALISED)
def a_number_stored_as_text(bench: Bench) -> Answer:
    return bench.send_cell(SUMMARY, "registered_workers", "1234")


@line("B093", NORMALISED)
def text_in_a_column_of_numbers_after_row_1000(bench: Bench) -> Answer:
    cases = rows(CASES, *({"case_id": f"RUH-2026-{n:05}"} for n in range(1, 2600)))

    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"][cell(book["Kasus"], CASES, "amount_claimed", 2500)] = "1.234,5"

    answer = bench.send_book(change, cases=cases)
    amounts = answer.report.checked.frames[CASES.table]["amount_claimed"]
    assert float(amounts[2498]) == 1234.5
    assert amounts.null_count() == 0
    return answer


@line("B094", NORMALISED)
def rich_text(bench: Bench) -> Answer:
    runs = CellRichText("RUH-", TextBlock(InlineFont(b=True), "2026"), "-00077")
    answer = bench.send_cell(CASES, "case_id", runs)
    assert answer.report.checked.frames[CASES.table]["case_id"].to_list() == ["RUH-2026-00077"]
    return answer


@line("B095", NORMALISED)
def a_note_on_a_cell(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["A2"].comment = Comment("sudah diperiksa", "staf")

    return bench.send_book(change)


@line("B096", CELL, "E-TYPE")
def true_in_a_column_of_numbers(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "people", True)


@line("B097", CELL, "E-CODE")
def a_word_pasted_over_the_list(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "channel", "Lewat tetangga")


@line("B098", WARNED, "W-STRUCK")
def rows_struck_through(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        for one in book["Kasus"][3]:
            one.font = Font(strike=True)

    answer = bench.send_book(change, cases=THREE_CASES)
    assert answer.report.findings[0].rows == (3,)
    return answer
