"""The door through which files come in and templates go out: it asks who is at the screen."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

from data_access import access, reference
from data_access.central import CENTRAL
from data_access.database import engine
from data_access.errors import NoAccess
from data_access.intake.importing import import_bytes
from data_access.intake.report import Report
from data_access.intake.storing import names, undoing
from data_access.intake.storing.undoing import Undone
from data_access.intake.workbooks.prefill import write_prefilled
from data_access.intake.workbooks.workbook import write_template
from metrics.text import Text
from pages.components import loaders

Progress = Callable[[Text, float], None]
JAKARTA = Text("Pusat (Jakarta)", "Head office (Jakarta)")


def senders() -> list[str]:
    """Return the posts (and CENTRAL) for which the reader may hand in files."""
    return [post for post in (*reference.codes("post"), CENTRAL) if _may_send(post)]


def _may_send(post: str) -> bool:
    try:
        access.may_send(access.reader(), post)
    except NoAccess:
        return False
    return True


def may_send_for(post: str | None) -> bool:
    """Return whether the reader may hand in and take back files of a post; None: Jakarta's."""
    return _may_send(post or CENTRAL)


def name_of(post: str) -> Text:
    """Return the words for a post, or for Jakarta's own file."""
    return JAKARTA if post == CENTRAL else reference.code_lists()["post"][post]


def template(post: str, month: date, *, prefilled: bool) -> bytes:
    """Return the workbook of a post and month, blank or with what the post need not retype.

    Raises NoAccess unless the reader may send for the post.
    """
    access.may_send(access.reader(), post)
    book = BytesIO()
    if prefilled:
        write_prefilled(engine(), post, month, book)
    else:
        write_template(post, month, book)
    return book.getvalue()


def check(
    name: str, content: bytes, *, post: str | None, month: date | None, progress: Progress
) -> Report:
    """Return what would come of a file; nothing is stored. Raises as import_bytes does."""
    return import_bytes(
        name, content, engine=engine(), progress=progress, dry_run=True, post=post, month=month
    )


def meanings(post: str, code_list: str) -> dict[str, Text]:
    """Return what a post's words can stand for: code -> its words."""
    access.may_send(access.reader(), post)
    return names.choices(engine(), post, code_list)


def remember(post: str, code_list: str, words: str, code: str) -> None:
    """Remember what a post's words stand for. Raises ReaderError for what may not be."""
    names.remember(
        engine(),
        post=post,
        code_list=code_list,
        words=words,
        code=code,
        who=access.reader(),
        now=datetime.now(UTC),
    )


def store(
    name: str, content: bytes, checked: Report, *, of_sheet: bool, progress: Progress
) -> Report:
    """Store a file that was checked, if the post's data are still those of the check.

    `of_sheet`: the file does not say its post and month itself. Raises as import_bytes does.
    """
    told = {"post": checked.post, "month": checked.month} if of_sheet else {}
    try:
        return import_bytes(
            name, content, engine=engine(), progress=progress, seen=checked.seen, **told
        )
    finally:
        loaders.refresh()


def undo(submission: int) -> Undone:
    """Take a submission back. Raises ReaderError when that cannot be."""
    try:
        return undoing.undo(engine(), submission)
    finally:
        loaders.refresh()
