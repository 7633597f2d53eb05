"""The command that takes a submission back: undo."""

import argparse

from data_access.commands.console import DONE, NUMBER, Add, say
from data_access.commands.installation import ready, refresh
from data_access.commands.sender import sender
from data_access.intake.report import undone_line
from data_access.intake.storing.undoing import undo
from metrics.text import Text


def add_to(add: Add) -> None:
    """Add this command."""
    back = add(
        "undo",
        _undo,
        Text(
            "Membatalkan kiriman terakhir suatu pos: keadaan sebelumnya berlaku lagi. Tidak ada "
            "yang dihapus; berkasnya dapat dikirim ulang.",
            "Take back the last submission of a post: what was known before it holds again. "
            "Nothing is deleted; the file can be handed in again.",
        ),
    )
    back.add_argument("number", type=int, metavar="NUMBER", help=NUMBER)


def _undo(asked: argparse.Namespace) -> int:
    done = undo(ready(), asked.number, who=sender)
    say(undone_line(done), asked)
    return DONE if done.already else refresh(asked)
