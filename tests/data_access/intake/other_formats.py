"""The month's workbook in the formats of other programs."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from xlwt import CompoundDoc

from tests.data_access.intake.builders import workbook

_BOF_LENGTH = 20
_FILEPASS = bytes.fromhex("2f00 0600 0000 1234 5678")  # "what follows is locked by a password"


def xls(folder: Path, *, locked: bool = False) -> bytes:
    """Return the workbook as Excel 97 wrote it."""
    out, old = io.BytesIO(), openpyxl.load_workbook(workbook(folder))
    new, day = xlwt.Workbook(), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in old:
        copy = new.add_sheet(page.title)
        copy.visibility = int(page.sheet_state != "visible")
        for row in page.iter_rows():
            for one in row:
                look = [day] if isinstance(one.value, datetime) else []
                if one.value is not None:
                    copy.write(one.row - 1, one.column - 1, one.value, *look)
    stream = new.get_biff_data()
    if locked:
        stream = stream[:_BOF_LENGTH] + _FILEPASS + stream[_BOF_LENGTH:]
    CompoundDoc.XlsDoc().save(out, stream)
    return out.getvalue()


def ods(folder: Path, *cells: TableCell) -> bytes:
    """Return the workbook as LibreOffice writes it, with more cells behind the case's."""
    old, new, out = (
        openpyxl.load_workbook(workbook(folder)),
        OpenDocumentSpreadsheet(),
        io.BytesIO(),
    )
    for page in old:
        if page.sheet_state != "visible":
            continue
        table = Table(name=page.title)
        for row in page.iter_rows(max_row=40):
            line = TableRow()
            for one in row:
                line.addElement(ods_cell(one.value))
            for one in cells if page.title == "Kasus" and row[0].row == 2 else ():
                line.addElement(one)
            table.addElement(line)
        new.spreadsheet.addElement(table)
    new.save(out)
    return out.getvalue()


def ods_cell(value: object, **said: Any) -> TableCell:
    """Return a cell that holds a value."""
    match value:
        case None:
            return TableCell(**said)
        case date():
            told = {"valuetype": "date", "datevalue": value.date().isoformat()}
        case int() | float():
            told = {"valuetype": "float", "value": value}
        case _:
            told = {"valuetype": "string"}
    made = TableCell(**told, **said)
    made.addElement(P(text=str(value)))
    return made


def locked(content: bytes) -> bytes:
    """Return an .xlsx workbook locked with a password."""
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(content)).encrypt("rahasia", out)
    return out.getvalue()
