"""The child process that opens a file: python parsing.py FILE ENDING FOLDER.

It runs alone, with little memory and time, so that a hostile file kills only itself. Writes
told.json and, for each visible sheet, its cells as Arrow files; a refusal is told, not raised.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
TOLD = "told.json"
MEMORY = 1_500_000_000
CPU_SECONDS = 20
OUTPUT = 64_000_000  # a file; a million cells of twenty letters are 25 MB
OVER_LIMIT = 4  # exit status; any other one but 0: the file cannot be read


def limit() -> None:
    """Give up the right to more memory, time or disk than a fair workbook needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: Path, ending: str, folder: Path) -> None:
    """Write what the file holds to the folder, or why it is refused."""
    from data_access.errors import RefusedFile

    try:
        told = (_csv if ending == ".csv" else _workbook)(path, ending, folder)
    except RefusedFile as error:
        told = {"refused": {"code": error.code, "text": asdict(error.text)}}
    (folder / TOLD).write_text(json.dumps(told), encoding="utf-8")


def _workbook(path: Path, ending: str, folder: Path) -> dict[str, Any]:
    from data_access.intake.opening.books import workbook

    told, (sheets, notes) = [], workbook(str(path), ending, path.read_bytes())
    for index, sheet in enumerate(sheets):
        about = {"name": sheet.name, "visible": sheet.visible, "letters": sheet.letters}
        told.append(about | {"marks": asdict(sheet.marks), "findings": []})
        if sheet.letters:
            _write(sheet.texts, folder / f"{index}-texts.arrow")
            _write(sheet.numbers, folder / f"{index}-numbers.arrow")
    return {"pages": told, "notes": notes}


def _csv(path: Path, _: str, folder: Path) -> dict[str, Any]:
    from data_access.intake.opening.delimited import read

    raw = read(path.read_bytes())
    raw.texts.write_ipc(folder / "0-texts.arrow")
    findings = [asdict(finding) for finding in raw.findings]
    letters = raw.texts.columns[1:]
    about = {"name": raw.name, "visible": True, "letters": letters, "marks": {}}
    return {"pages": [about | {"findings": findings}], "notes": []}


def _write(batch: Any, path: Path) -> None:
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


if __name__ == "__main__":
    limit()
    sys.path.insert(0, str(ROOT))
    try:
        main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    except (MemoryError, OSError):
        sys.exit(OVER_LIMIT)
