"""Sending files on the screen Data: told, mended, stored, taken back; nothing brings it down."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import polars as pl
from playwright.sync_api import expect
from sqlalchemy import text

from data_access.intake.instructions import GUIDE
from data_access.sheets import CASES, PLACEMENTS, SUMMARY
from tests.data_access.intake.builders import month, rows, with_cell, workbook
from tests.data_access.intake.imports import counts, stored, take_in
from tests.screens.desk import Desk
from tests.screens.faults import FAULTS, faulty, marked_cells, places


def test_twelve_faults_are_told_marked_mended_stored_and_taken_back(desk, tmp_path):
    before = counts(desk.installation.engine)
    desk.go("kirim")
    desk.send(workbook(tmp_path, change=faulty, name="oktober.xlsx"))

    assert "12 kekeliruan" in desk.told()
    told = desk.findings()
    book = openpyxl.load_workbook(tmp_path / "oktober.xlsx")
    assert {(sheet, f"{column.split()[0]}{row}") for sheet, row, column, *_ in told} == set(
        places(book)
    )
    assert len(told) == len(FAULTS)
    assert {value for _, _, _, value, *_ in told} == {str(wrong) for _, _, wrong, _ in FAULTS}
    assert all(reason and advice and "E-" in code for *_, reason, advice, code in told)
    assert desk.page.get_by_role("button", name="Simpan", exact=True).count() == 0
    assert counts(desk.installation.engine) == before

    copy = openpyxl.load_workbook(desk.download("Unduh salinan bertanda", tmp_path))
    marks = marked_cells(copy)
    assert set(marks) == set(places(copy))
    for (sheet, at), (_, field, right) in places(copy).items():
        assert copy[sheet][at].fill.fgColor.rgb not in ("00000000", "FFFFFFFF"), field
        assert "KEKELIRUAN" in marks[sheet, at]
        copy[sheet][at] = right
    copy.save(tmp_path / "diperbaiki.xlsx")

    desk.go("kirim")
    desk.send(tmp_path / "diperbaiki.xlsx")
    assert "dapat disimpan" in desk.told()
    desk.press("Simpan")

    number = newest(desk)
    expect(desk.page.get_by_text(f"Tersimpan sebagai kiriman nomor {number}.")).to_be_visible()
    assert stored(desk.installation.engine, "cases")["people"].to_list() == [2]
    desk.press("Lihat riwayat")
    desk.wait_for_table()
    newest_row, refused = desk.history()[:2]
    assert newest_row[0] == str(number)
    assert "diperbaiki.xlsx" in newest_row
    assert "tersimpan" in newest_row
    assert "oktober.xlsx" in refused
    assert any("ditolak" in one and "12 kekeliruan" in one for one in refused)

    desk.choose_row(0)
    told = desk.cells(1)
    assert "RUH-2026-00001" in told
    assert not [one for one in told if "new_contract" in one or "2026-10-12" in one]  # in words
    desk.press(f"Batalkan kiriman {number}")
    desk.press("Ya, batalkan")
    expect(desk.page.get_by_text(f"Kiriman {number} sudah dibatalkan.")).to_be_visible()
    desk.wait_for_table()
    assert any("pembatalan" in one for one in desk.history()[0])
    # The rows have moved down: the place that was chosen holds another submission now.
    assert desk.page.get_by_test_id("stDataFrame").count() == 1
    assert stored(desk.installation.engine, "cases").is_empty()
    desk.go("riwayat", "en")
    desk.wait_for_table()
    assert any("taken back by" in one for one in desk.history()[1])


def quiet(**tables: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """A month of a post without agencies, job orders and, if not given, cases."""
    empty = ("cases", "agencies", "agency_assessments", "worker_reviews", "job_orders")
    own = month()
    return own | {name: own[name].clear() for name in empty} | tables


def newest(desk: Desk) -> int:
    with desk.installation.engine.connect() as connection:
        return connection.scalar(text("select max(id) from submissions"))


def test_the_template_comes_for_the_post_and_month_chosen_and_goes_back_in(desk, tmp_path):
    desk.go("kirim")
    desk.choose_in("Pos", "Doha", of="templat")
    desk.choose_in("Bulan laporan", "Sep 2026", of="templat")
    desk.choose_in("Isi templat", "Kosong", of="templat")

    path = desk.download("Unduh templat", tmp_path)

    assert path.name == "DOH-2026-09.xlsx"
    guide = [line[1].value for line in openpyxl.load_workbook(path)[GUIDE].iter_rows(max_row=8)]
    assert {"DOH", "2026-09"} <= set(guide)
    desk.send(path)
    assert [line[0] for line in desk.findings()] == ["Rekap"]  # the one sheet that needs a row


def test_a_word_is_resolved_once_and_remembered(desk, tmp_path):
    own = quiet(cases=rows(CASES, {"case_id": "JED-2026-00001", "agency_code": None}))
    change = with_cell(CASES, "channel", "kurir kuda")
    desk.go("kirim")
    desk.send(workbook(tmp_path, own, post="JED", change=change))
    assert "1 kekeliruan" in desk.told()

    desk.choose_in('"kurir kuda" berarti', "Surat", of="arti")
    desk.press("Ingat dan periksa lagi")

    expect(desk.page.locator(".st-key-putusan")).to_contain_text("dapat disimpan", timeout=30_000)
    with desk.installation.engine.connect() as connection:
        query = text("select post_code, code_list, code from spellings")
        assert connection.execute(query).all() == [("JED", "channel", "letter")]
    desk.go("kirim")
    desk.send(workbook(tmp_path, own, post="JED", change=change))
    assert "dapat disimpan" in desk.told()


def test_a_check_that_has_aged_is_told_and_made_again(desk, tmp_path):
    own = quiet()
    desk.go("kirim")
    desk.send(workbook(tmp_path, own, post="KWI"))
    assert "dapat disimpan" in desk.told()
    other = own | {"monthly_summary": rows(SUMMARY, {"registered_workers": 7})}
    meanwhile = workbook(tmp_path, other, post="KWI", name="lain.xlsx")
    take_in(meanwhile, desk.installation.engine)

    desk.press("Simpan")

    expect(desk.page.get_by_text("berubah sejak berkas diperiksa")).to_be_visible()
    told = stored(desk.installation.engine, "monthly_summary", "KWI")
    assert told["registered_workers"].to_list() == [7]
    desk.press("Simpan")
    expect(desk.page.get_by_text("Tersimpan sebagai kiriman nomor")).to_be_visible()
    told = stored(desk.installation.engine, "monthly_summary", "KWI")
    assert told["registered_workers"].to_list() == [1000]


def far_cell(book: openpyxl.Workbook) -> None:
    book[CASES.name]["XFD1048576"] = "x"


def test_hostile_files_leave_the_server_alive(desk, tmp_path):
    far = workbook(tmp_path, change=far_cell, name="jauh.xlsx")
    bomb = tmp_path / "bom.xlsx"
    bomb.write_bytes(far.read_bytes())
    append_bomb(bomb)

    for path in (far, bomb):
        desk.go("kirim")
        desk.send(path)
        assert "(E-" in desk.told()
        assert desk.server.poll() is None

    desk.open("cases")
    assert desk.server.poll() is None


def append_bomb(path: Path) -> None:
    """Add a part to a workbook that unpacks to 300 MB."""
    with ZipFile(path, "a", ZIP_DEFLATED) as book, book.open("xl/media/a.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1_000_000))


def test_what_was_looked_at_is_forgotten_when_one_leaves(desk, tmp_path):
    desk.go("kirim")
    desk.send(workbook(tmp_path, change=faulty))
    assert "12 kekeliruan" in desk.told()

    desk.go_to("Kasus")
    desk.go_to("Data")

    assert desk.page.get_by_test_id("stFileChip").count() == 0
    assert "kekeliruan" not in desk.words()


def test_a_warning_that_matters_must_be_ticked_before_saving(desk, tmp_path):
    take_in(workbook(tmp_path, quiet(), post="SIN"), desk.installation.engine)
    without = quiet(placements=rows(PLACEMENTS).clear())
    desk.go("kirim")
    desk.send(workbook(tmp_path, without, post="SIN", name="tanpa penempatan.xlsx"))
    assert "dapat disimpan" in desk.told()
    assert "W-REMOVED" in desk.words()
    save = desk.page.get_by_role("button", name="Simpan", exact=True)
    expect(save).to_be_disabled()

    desk.page.get_by_test_id("stCheckbox").locator("label").click()
    desk.settle()

    desk.press("Simpan")
    expect(desk.page.get_by_text("Tersimpan sebagai kiriman nomor")).to_be_visible()


def test_a_workbook_that_does_not_say_whose_it_is_is_asked_for_it(desk, tmp_path):
    def change(book):
        for name in set(book.sheetnames) - {SUMMARY.name}:
            del book[name]

    path = workbook(tmp_path, change=change)
    desk.go("kirim")
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    desk.settle()
    desk.choose_in("Pos", "Taipei", of="csv")
    desk.choose_in("Bulan laporan", "Okt 2026", of="csv")

    expect(desk.page.locator(".st-key-putusan")).to_contain_text("Taipei, Okt 2026", timeout=30_000)


def test_a_csv_file_is_asked_for_its_post_and_month(desk, tmp_path):
    path = tmp_path / "rekap.csv"
    fields = [field for field in SUMMARY.fields if field.required]
    values = {field.name: str(rows(SUMMARY, {})[field.name].item()) for field in fields}
    values |= {"estimate_source": "Imigrasi setempat"}
    lines = ([field.label.indonesian for field in fields], [values[field.name] for field in fields])
    path.write_text("\n".join(";".join(line) for line in lines))
    desk.go("kirim")
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    desk.settle()
    desk.choose_in("Pos", "Taipei", of="csv")
    desk.choose_in("Bulan laporan", "Okt 2026", of="csv")

    expect(desk.page.locator(".st-key-putusan")).to_contain_text("Taipei, Okt 2026", timeout=30_000)
