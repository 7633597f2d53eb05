"""The words that a post writes for a code, beyond the official ones: resolved once, remembered.

Words are remembered by adding a row and forgotten by adding another; stored rows never change.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
from sqlalchemy import Column, Connection, Engine, Select, insert, select

from data_access import access, reference
from data_access.access import Reader
from data_access.current import current
from data_access.database import begin_import, explained, read
from data_access.errors import ReaderError
from data_access.fields import AGENCY
from data_access.intake.storing import resolving
from data_access.intake.words.naming import Names, Register
from data_access.intake.words.spelling import key, normal
from data_access.sheets import AGENCIES
from data_access.tables import spellings
from metrics.text import Text

NOT_REMEMBERED = Text(
    "Kata ini tidak diingat untuk daftar {name} di pos {post}.",
    "These words are not remembered for the list {name} at post {post}.",
)


def remembered(connection: Connection, post: str) -> Names:
    """Return what a post's words were said to stand for; the last word holds."""
    found: dict[str, dict[str, str]] = {}
    with explained():
        for code_list, words, code in connection.execute(_said(post)):
            known = found.setdefault(code_list, {})
            known.pop(key(words), None)
            if code:
                known[key(words)] = code
    return Names(found)


def remember(
    engine: Engine,
    *,
    post: str,
    code_list: str,
    words: str,
    code: str,
    who: Reader,
    now: datetime,
) -> None:
    """Remember what a post's words stand for. What is remembered already is not added again.

    Raises NoAccess for a reader who may not send files of the post, ReaderError for a post, list
    or code that is not known and for words that are personal, too long or official for something
    else, DataUnavailable when the database cannot be reached.
    """
    resolving.known(post, code_list)
    access.may_send(who, post)
    kept = resolving.kept(words)

    def wanted(connection: Connection) -> bool:
        if code_list == AGENCY:
            resolving.agency(words, code, post, _register(connection, post))
        elif resolving.coded(words, code, code_list):
            return False  # the list says so itself
        return remembered(connection, post).code(code_list, words) != code

    _add(engine, wanted, post, code_list, kept, code, who, now)


def forget(
    engine: Engine, *, post: str, code_list: str, words: str, who: Reader, now: datetime
) -> None:
    """Forget what a post's words stand for. Raises as `remember`, also for words not remembered."""
    resolving.known(post, code_list)
    access.may_send(who, post)

    def wanted(connection: Connection) -> bool:
        if remembered(connection, post).code(code_list, words) is None:
            raise ReaderError(NOT_REMEMBERED.format(name=code_list, post=post))
        return True

    _add(engine, wanted, post, code_list, normal(words), "", who, now)


def choices(engine: Engine, post: str, code_list: str) -> dict[str, Text]:
    """Return what words can stand for: code -> its words; for "agency" the post's agencies.

    Raises ReaderError for an unknown post or list, DataUnavailable.
    """
    resolving.known(post, code_list)
    if code_list != AGENCY:
        return dict(reference.code_lists()[code_list])
    with explained(), engine.connect() as connection:
        known = _register(connection, post).names
    return {code: Text(known[code], known[code]) for code in sorted(known)}


def listed(engine: Engine, post: str) -> pl.DataFrame:
    """Return what is remembered now, by list and words.

    Columns: code_list, words, code, remembered_at (UTC), remembered_by. Raises DataUnavailable.
    """
    said = read(engine, _said(post, spellings.c.remembered_at, spellings.c.remembered_by))
    spelled = pl.Series("key", [key(words) for words in said["words"]], dtype=pl.String)
    last = said.with_columns(spelled).unique(["code_list", "key"], keep="last", maintain_order=True)
    return last.filter(pl.col("code") != "").drop("key").sort("code_list", "words")


def _said(post: str, *more: Column) -> Select:
    columns = (spellings.c.code_list, spellings.c.words, spellings.c.code, *more)
    return select(*columns).where(spellings.c.post_code == post).order_by(spellings.c.id)


def _add(
    engine: Engine,
    wanted: Callable[[Connection], bool],
    post: str,
    code_list: str,
    words: str,
    code: str,
    who: Reader,
    now: datetime,
) -> None:
    row = {
        "post_code": post,
        "code_list": code_list,
        "words": words,
        "code": code,
        "remembered_at": now.astimezone(UTC).replace(tzinfo=None),
        "remembered_by": who.name[:120],
    }
    with begin_import(engine, post) as connection:
        if wanted(connection):
            connection.execute(insert(spellings).values(row))


def _register(connection: Connection, post: str) -> Register:
    known = current(connection, AGENCIES, post).select("agency_code", "agency_name")
    return Register(known.drop_nulls().iter_rows())
