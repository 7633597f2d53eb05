"""The one gate to the data: which reader may see which rows."""

from dataclasses import dataclass

import polars as pl

from data_access.errors import NoAccess
from metrics.frames import Rows
from metrics.text import Text

NO_POST = Text(
    "Akun ini belum diberi hak melihat data pos mana pun. Hubungi pengelola dasbor.",
    "This account may not see any post's data yet. Ask the dashboard's keeper.",
)

COUNTS_ONLY = Text(
    "Akun ini hanya boleh melihat jumlah, bukan baris kasus.",
    "This account may see counts, but not single cases.",
)

NOT_TO_SEND = Text(
    "Akun ini tidak boleh mengirim atau membatalkan berkas pos {post}.",
    "This account may not hand in or take back files of post {post}.",
)


@dataclass(frozen=True)
class Reader:
    """Who is reading: a plain value, so that it can be part of every cache key."""

    name: str
    posts: tuple[str, ...] | None  # None: all 13
    sees_cases: bool  # may open single case rows, not only counts
    may_send: bool = False  # may hand in files of these posts, and take them back


LEADERSHIP = Reader("pimpinan", posts=None, sees_cases=True, may_send=True)


def reader() -> Reader:
    """Return who is reading. There is one user so far: the leadership, which sees all posts."""
    return LEADERSHIP


def rows_for(who: Reader, rows: Rows) -> Rows:
    """Return the rows that the reader may see. Raises NoAccess when there is no post to see."""
    if who.posts is None:
        return rows
    if not who.posts:
        raise NoAccess(NO_POST)
    return rows.only(pl.col("post_code").is_in(who.posts), needs="post_code")


def may_see_cases(who: Reader) -> None:
    """Raise NoAccess unless the reader may open single case rows."""
    if not who.sees_cases:
        raise NoAccess(COUNTS_ONLY)


def may_send(who: Reader, post: str) -> None:
    """Raise NoAccess unless the reader may hand in files of a post (CENTRAL: Jakarta's own)."""
    if not who.may_send or (who.posts is not None and post not in who.posts):
        raise NoAccess(NOT_TO_SEND.format(post=post))
