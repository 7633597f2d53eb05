"""The shape of a csv file: separators, line ends, quotation marks, and how many fields."""

from data_access.sheets import AGENCIES, CASES
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    ROW,
    Answer,
    Bench,
    case_csv,
    line,
    sheet_csv,
)
from tests.data_access.intake.bad_inputs.encoding import agency, cases
from tests.data_access.intake.imports import stored


def two_cases(separator: str = ";") -> list[str]:
    """Return the lines of a file with two cases."""
    given = ({"agency_code": None}, {"agency_code": None, "case_id": "RUH-2026-00002"})
    return case_csv(*given, separator=separator).splitlines()


def places(answer: Answer) -> list[tuple]:
    """Return where something was said."""
    return [(f.code, f.rows, f.column) for f in answer.report.findings]


@line("B013", NORMALISED)
def semicolons(bench: Bench) -> Answer:
    return bench.send_csv(case_csv(agency_code="", separator=";"))


@line("B014", NORMALISED)
def tabs(bench: Bench) -> Answer:
    return bench.send_csv(case_csv(agency_code="", separator="\t"))


@line("B015", NORMALISED)
def pipes(bench: Bench) -> Answer:
    return bench.send_csv(case_csv(agency_code="", separator="|"))


@line("B016", NORMALISED)
def separator_line(bench: Bench) -> Answer:
    return bench.send_csv("sep=;\n" + cases())


@line("B017", NORMALISED)
def carriage_returns(bench: Bench) -> Answer:
    return bench.send_csv("\r".join(two_cases()))


@line("B018", NORMALISED)
def mixed_line_ends(bench: Bench) -> Answer:
    first, second, third = two_cases()
    answer = bench.send_csv(f"{first}\r\n{second}\n{third}\r\n")
    assert stored(bench.engine, "cases").height == 2
    return answer


@line("B019", FILE, "E-CSV-QUOTE")
def quotation_mark_never_closed(bench: Bench) -> Answer:
    first, second, third = two_cases()
    return bench.send_csv(f'{first}\n"{second}\n{third}\n')


@line("B020", CELL, "E-CSV-QUOTE")
def text_after_a_quotation_mark(bench: Bench) -> Answer:
    first, second, third = two_cases()
    broken = second.replace(";A1;", ';"A1" ;')
    last = third.replace(";A1;", ";A9;")
    answer = bench.send_csv(f"{first}\n{broken}\n{last}\n")
    letter = "D"
    assert CASES.fields[3].name == "case_type"
    assert places(answer) == [("E-CSV-QUOTE", (2,), letter), ("E-CODE", (3,), letter)]
    return answer


@line("B021", NORMALISED)
def line_break_within_a_cell(bench: Bench) -> Answer:
    broken = {"agency_name": '"Mitra\nSatu"'}
    second = {"agency_code": "RUH-M0002"}
    wrong = bench.send_csv(sheet_csv(AGENCIES, broken, second | {"role": "x"}))
    assert places(wrong) == [("E-CODE", (4,), "C")]
    answer = bench.send_csv(sheet_csv(AGENCIES, broken, second))
    names = stored(bench.engine, "agencies")["agency_name"].to_list()
    assert names == ["Mitra Satu", "Contoh Mitra Satu (simulasi)"]
    return answer


@line("B022", ROW, "E-FIELDS")
def too_many_fields(bench: Bench) -> Answer:
    first, second, third = two_cases()
    answer = bench.send_csv(f"{first}\n{second}\n{third};9\n")
    assert places(answer) == [("E-FIELDS", (3,), ""), ("W-COLUMN", (1,), "X")]
    said = answer.report.findings[0].reason.english
    assert "24" in said
    assert "23" in said
    return answer


@line("B023", ROW, "E-FIELDS")
def too_few_fields(bench: Bench) -> Answer:
    first, second, third = two_cases()
    answer = bench.send_csv(f"{first}\n{second.removesuffix(';Ya')}\n{third}\n")
    assert places(answer) == [("E-FIELDS", (2,), "")]
    return answer


@line("B024", FILE, "E-EMPTY")
def no_bytes(bench: Bench) -> Answer:
    return bench.send_csv(b"")


@line("B025", FILE, "E-NOROWS")
def headings_only(bench: Bench) -> Answer:
    return bench.send_csv(two_cases()[0])


@line("B026", NORMALISED)
def blank_lines(bench: Bench) -> Answer:
    first, second, third = two_cases()
    wrong = bench.send_csv(f"{first}\n\n{second}\n;;\n\n{third.replace('A1', 'A9')}\n")
    assert places(wrong) == [("E-CODE", (6,), "D")]
    return bench.send_csv("\n\n".join([first, second, third]))


@line("B027", FILE, "E-CELLSIZE")
def one_endless_cell(bench: Bench) -> Answer:
    assert bench.send_csv(cases().encode() + b"z" * 50_000_000).codes == ("E-SIZE",)
    return bench.send_csv(cases().encode() + b"z" * 15_000_000)


@line("B028", FILE, "E-COLS")
def twenty_thousand_columns(bench: Bench) -> Answer:
    return bench.send_csv(two_cases()[0] + ";" * 20_000 + "\n" + two_cases()[1])


@line("B029", NORMALISED)
def separator_at_the_end_of_each_line(bench: Bench) -> Answer:
    answer = bench.send_csv("".join(f"{one};\n" for one in two_cases()))
    first, second, third = two_cases()
    rest = bench.send_csv(f"{first}\n{second};\n{third};\n")
    assert rest.report.findings == ()
    return answer


@line("B030", ROW, "W-LEFTOUT")
def lines_of_comment(bench: Bench) -> Answer:
    first, second, third = two_cases()
    answer = bench.send_csv(f"{first}\n# catatan\n{second}\n{third}\n")
    assert places(answer) == [("W-LEFTOUT", (2,), "")]
    assert stored(bench.engine, "cases").height == 2
    return answer


@line("B031", FILE, "E-NOTXLSX")
def csv_under_the_name_of_a_workbook(bench: Bench) -> Answer:
    return bench.send("kasus.xlsx", cases().encode())


@line("B032", FILE, "E-NOTCSV")
def workbook_under_the_name_of_csv(bench: Bench) -> Answer:
    return bench.send_csv(b"PK\x03\x04" + b"\0" * 30 + agency("x").encode())
