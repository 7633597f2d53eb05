"""A small disk that can be filled and freed."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.database import DISK_FULL, UNAVAILABLE
from metrics.text import Text

SIZE = "8m"


@dataclass(frozen=True)
class Disk:
    """A folder on a disk of 8 MB; where none may be mounted, a folder with a limit on files."""

    folder: Path
    small: bool

    @property
    def says(self) -> Text:
        """Return what is told when the disk is full: SQLite knows a limit on files as no such."""
        return DISK_FULL if self.small else UNAVAILABLE

    def fill(self, *, leave: int) -> dict[str, Any]:
        """Fill the disk up to some bytes; return what a job needs to meet the same limit."""
        if not self.small:
            return {"largest_file": leave}
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while file.write(b"." * 65_536) == 65_536:
                    pass
            except OSError:  # that was the last byte
                pass
            file.truncate(max(0, file.tell() - leave))
        return {}

    def free(self) -> None:
        """Free what was filled."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Return a small disk; it is gone afterwards."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    small = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield Disk(folder, small)
    finally:
        if small:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
