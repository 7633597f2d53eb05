"""The child process that opens a workbook: python parsing.py WORKBOOK FOLDER.

It runs alone, with little memory and time, so that a hostile file kills only itself. Imports
nothing of ours. Writes sheets.json and, for each visible sheet, its cells as Arrow files.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 1_500_000_000
CPU_SECONDS = 20
OUTPUT = 400_000_000
UNREADABLE = 3  # exit status: the reader refused the file


def limit() -> None:
    """Give up the right to more memory, time or disk than a fair workbook needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(workbook: str, folder: Path) -> None:
    """Write the workbook's visible sheets to the folder."""
    import fastexcel

    reader = fastexcel.read_excel(workbook)
    told = []
    for index, name in enumerate(reader.sheet_names):
        # skip_rows=0 keeps the empty rows above and between, so row numbers stay Excel's.
        cells: dict[str, Any] = {"header_row": None, "skip_rows": 0}
        sheet = reader.load_sheet(index, dtypes="string", **cells)
        visible = sheet.visible == "visible"
        about: dict[str, Any] = {"name": name, "visible": visible, "columns": [], "errors": []}
        told.append(about)
        if not visible or not sheet.height:
            continue
        # Empty columns at the left are left out by the reader; their true places are kept.
        columns = [column.absolute_index for column in sheet.available_columns()]
        texts, errors = sheet.to_arrow_with_errors()
        about["columns"] = columns
        about["errors"] = (
            [(e.position[0] + 1, columns[e.position[1]], e.detail) for e in errors.errors]
            if errors
            else []
        )
        _write(texts, folder / f"{index}-texts.arrow")
        # Only cells that hold a number (or TRUE) come back when booleans are asked for.
        numbers, _ = reader.load_sheet(index, dtypes="boolean", **cells).to_arrow_with_errors()
        _write(numbers, folder / f"{index}-numbers.arrow")
    (folder / "sheets.json").write_text(json.dumps(told), encoding="utf-8")


def _write(batch: Any, path: Path) -> None:
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


if __name__ == "__main__":
    limit()
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except Exception as error:  # the parent needs one answer, whatever the reader raised
        print(type(error).__name__, file=sys.stderr)
        sys.exit(UNREADABLE)
