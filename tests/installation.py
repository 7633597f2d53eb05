"""An installation of its own for a test: a folder, its settings, and its commands."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from data_access.database import engine_for

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Installation:
    """A data folder; commands and servers started from here use it and nothing else."""

    folder: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        own = {"DATA_FOLDER": str(self.folder), "DATABASE_URL": self.database_url}
        return os.environ | own | {"DEMO_SCALE": "0.3", "PYTHONWARNINGS": "default"}

    @property
    def engine(self) -> Engine:
        """Return the engine of its database."""
        return engine_for(self.database_url or f"sqlite:///{self.folder / 'atnaker.db'}")

    def run(self, *arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m data_access` with these arguments, as a person would."""
        return subprocess.run(
            [sys.executable, "-m", "data_access", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment | settings,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
