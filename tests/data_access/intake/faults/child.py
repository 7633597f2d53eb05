"""A process that imports and dies as told: python -m tests.data_access.intake.faults.child.

It reads a line of jobs (JSON), forks one process for each, lets them start together, kills those
that are to be killed, and answers with one line. It never works on rows itself, so that a fork of
it starts with a Polars that has no threads yet.
"""

import json
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import traceback
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite  # noqa: F401  once, before the forks

from data_access import snapshot
from data_access.access import LEADERSHIP
from data_access.database import engine_for
from data_access.errors import DataUnavailable, ReaderError, RefusedFile
from data_access.intake import importing
from data_access.intake.storing import names, undoing
from tests.data_access.intake.faults.watched import Watch

NOW, TODAY = datetime(2026, 11, 8, 9, 12, tzinfo=UTC), date(2026, 11, 8)


def _import(job: dict[str, Any], engine: Any) -> dict[str, Any]:
    path = Path(job["file"])
    if job.get("read"):  # where reading is not the subject: the file as read before
        file = pickle.loads(Path(job["read"]).read_bytes())
        importing.read_file = lambda *_, **__: file
    report = importing.import_bytes(
        path.name, path.read_bytes(), engine=engine, now=NOW, today=TODAY, seen=job.get("seen")
    )
    outcome = report.outcome
    return {
        "accepted": report.accepted,
        "stored": outcome.submission if outcome else None,
        "already": bool(outcome and outcome.duplicate_of),
    }


def _undo(job: dict[str, Any], engine: Any) -> dict[str, Any]:
    done = undoing.undo(engine, job["number"], now=NOW)
    return {"already": done.already}


def _remember(job: dict[str, Any], engine: Any) -> dict[str, Any]:
    post = job["words"]["post"]
    before = names.listed(engine, post).height
    names.remember(engine, **job["words"], who=LEADERSHIP, now=NOW)
    return {"already": names.listed(engine, post).height == before}


def _refresh(job: dict[str, Any], engine: Any) -> dict[str, Any]:
    try:
        return {"written": snapshot.write(engine, Path(job["snapshots"])).name}
    except OSError as error:
        return {"disk": error.strerror or str(error)}


JOBS = {"import": _import, "undo": _undo, "remember": _remember, "refresh": _refresh}


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job and return what came of it, with the steps that it took."""
    tempfile.tempdir = job["folder"]
    if limit := job.get("largest_file"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    watch = Watch(job.get("kill_at"))
    engine = engine_for(job["url"])
    watch.over(engine)
    try:
        told = JOBS[job["do"]](job, engine)
    except DataUnavailable as error:
        told = {"unavailable": error.text.english}
    except RefusedFile as error:
        told = {"refused": error.code}
    except ReaderError as error:
        told = {"refused": type(error).__name__, "words": error.text.english}
    return told | {"steps": watch.steps}


def fork(job: dict[str, Any], gate: int) -> tuple[int, int]:
    """Start a process that waits at the gate; return its number and where its answer comes."""
    answer, mouth = os.pipe()
    if process := os.fork():
        os.close(mouth)
        return process, answer
    status = 1
    try:
        os.read(gate, 1)
        start = time.monotonic()
        told = work(job) | {"seconds": time.monotonic() - start}
        os.write(mouth, json.dumps(told).encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)  # never back into the loop that only the first process may run


def together(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run jobs at once and return what came of each; a killed one has its signal alone."""
    gate, key = os.pipe()
    started = [fork(job, gate) for job in jobs]
    os.write(key, b"." * len(jobs))
    start, told = time.monotonic(), []
    for (process, answer), job in zip(started, jobs, strict=True):
        if "kill_after" in job:
            time.sleep(max(0.0, job["kill_after"] - (time.monotonic() - start)))
            os.kill(process, signal.SIGKILL)
        with os.fdopen(answer, "rb") as pipe:
            words = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        told.append(json.loads(words) if words else {"status": status})
    os.close(gate)
    os.close(key)
    return told


if __name__ == "__main__":
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(together(json.loads(line))), flush=True)
