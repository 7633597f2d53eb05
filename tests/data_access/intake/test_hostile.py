"""Hostile files one after the other against one process, which lives on and does not grow."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.data_access.intake.bad_inputs.bench import FILE, LINES, Answer, Bench
from tests.data_access.intake.bad_inputs.containers import HOSTILE
from tests.data_access.intake.builders import workbook

ROOT = Path(__file__).parents[3]
MOST_GROWN = 300_000  # kB
SERVER = """
import json, os, re, sys
from pathlib import Path
from data_access.errors import RefusedFile
from data_access.intake.reading.files import read_file
for line in sys.stdin:
    path = Path(line.strip())
    try:
        file = read_file(path.name, path.read_bytes(), post=None, month=None)
        codes = [finding.code for finding in file.findings]
    except RefusedFile as error:
        codes = [error.code]
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = re.search(r"VmHWM:\\s+(\\d+)", status)[1]
    print(json.dumps({"pid": os.getpid(), "codes": codes, "memory": int(memory)}), flush=True)
"""


@dataclass(frozen=True)
class Server(Bench):
    """A bench that hands each file to one process, which opens them all."""

    process: subprocess.Popen = field(kw_only=True)
    told: list[dict] = field(default_factory=list)

    def send(self, name: str, content: bytes, **_: object) -> Answer:
        path = self.folder / f"sent-{len(self.told)}"
        path.mkdir()
        (path / name).write_bytes(content)
        self.process.stdin.write(f"{path / name}\n")
        self.process.stdin.flush()
        self.told.append(json.loads(self.process.stdout.readline()))
        return Answer(FILE, tuple(self.told[-1]["codes"]))


@pytest.fixture
def server(sqlite_engine, tmp_path) -> Iterator[Server]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Server(sqlite_engine, tmp_path, process=process)
        process.stdin.close()


def test_one_process_survives_all_hostile_files_and_does_not_grow(server):
    good = workbook(server.folder).read_bytes()
    assert server.send("laporan.xlsx", good).codes == ()
    for number in HOSTILE:
        answer = LINES[number].make(server)
        assert LINES[number].codes <= set(answer.codes), number
    assert server.send("laporan.xlsx", good).codes == ()
    assert {told["pid"] for told in server.told} == {server.process.pid}
    assert server.told[-1]["memory"] - server.told[0]["memory"] < MOST_GROWN
