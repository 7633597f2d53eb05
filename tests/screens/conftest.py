"""A server of our own on the DATA SIMULASI, and a browser that reaches nothing else."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.installation import ROOT, Installation
from tests.screens.desk import Desk
from tests.screens.reader import Reader

CHROMIUM = "/usr/bin/chromium"


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """Serve an installation as the README says, and give its address."""
    with running(installation) as (address, _):
        yield address


@contextmanager
def running(installation: Installation) -> Iterator[tuple[str, subprocess.Popen]]:
    """Serve an installation, and give its address and its one process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = installation.folder / "server.log"
    installation.folder.mkdir(parents=True, exist_ok=True)
    command = ["streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=installation.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, log)
        yield address, server
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            pytest.fail(f"the server ended:\n{log.read_text()}")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"the server does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the DATA SIMULASI, built as a first start builds it."""
    installation = Installation(tmp_path_factory.mktemp("simulated"))
    done = installation.run("demo", "--scale", "0.3", "--until", "2026-10")
    assert done.returncode == 0, done.stderr
    return installation


@pytest.fixture(scope="session")
def address(simulated: Installation) -> Iterator[str]:
    """The address of a running dashboard."""
    with served(simulated) as found:
        yield found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's Chromium, which looks up nothing by itself."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    """A reader in Jakarta at a wide screen."""
    size = {"width": 1440, "height": 900}
    return {"viewport": size, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}


@pytest.fixture
def reader(page: Page, address: str) -> Reader:
    """A person with a browser from which every outside host is blocked."""
    return Reader(page, address)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """A running installation without a row, which the tests of this file write to."""
    installation = Installation(tmp_path_factory.mktemp("office"))
    assert installation.run("migrate").returncode == 0
    with running(installation) as (address, server):
        yield installation, address, server


@pytest.fixture
def desk(page: Page, office: tuple) -> Desk:
    """A person at that installation."""
    installation, address, server = office
    return Desk(page, address, installation, server)
