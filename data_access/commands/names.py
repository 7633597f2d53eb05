"""The commands about a post's own words: names, remember, forget."""

import argparse
from datetime import UTC, datetime

from data_access import reference
from data_access.commands.console import DONE, Add, both, say
from data_access.commands.installation import ready
from data_access.commands.sender import sender
from data_access.database import engine
from data_access.fields import AGENCY
from data_access.intake.storing.names import choices, forget, listed, remember
from data_access.intake.storing.resolving import lists
from data_access.migrate import migrate
from metrics.text import Text

NONE = Text(
    "Pos {post} belum punya kata yang diingat.", "No words are remembered for post {post} yet."
)
LINE = Text(
    "{name}: “{words}” = {code} ({meaning}), {day}, {who}",
    "{name}: “{words}” = {code} ({meaning}), {day}, {who}",
)
GONE = Text("tidak dikenal lagi", "not known any more")
REMEMBERED = Text(
    "Diingat untuk pos {post}, daftar {name}: “{words}” = {code} ({meaning}). "
    "Kirim lagi berkas itu.",
    "Remembered for post {post}, list {name}: “{words}” = {code} ({meaning}). Send the file again.",
)
FORGOTTEN = Text(
    "Dilupakan untuk pos {post}, daftar {name}: “{words}”. Data yang tersimpan tidak berubah.",
    "Forgotten for post {post}, list {name}: “{words}”. The stored data stay as they are.",
)
LISTS = both(
    f"daftar kode, atau {AGENCY} untuk mitra", f"the list of codes, or {AGENCY} for the agencies"
)
WORDS = both("kata yang ditulis pos", "the words that the post writes")
CODE = both("kode yang dimaksud", "the code that is meant")


def add_to(add: Add) -> None:
    """Add these commands."""
    about = Text(
        "Menampilkan kata-kata yang diingat untuk satu pos, dan kode yang dimaksud.",
        "List the words remembered for one post, and the code that each stands for.",
    )
    _of_post(add("names", _names, about))
    about = Text(
        "Mengingat kode yang dimaksud pos dengan sebuah kata. Data tersimpan tidak berubah.",
        "Remember which code a post's words stand for. Stored data stay as they are.",
    )
    command = _of_words(add("remember", _remember, about))
    command.add_argument("--code", required=True, help=CODE)
    about = Text("Melupakan sebuah kata yang diingat.", "Forget words that are remembered.")
    _of_words(add("forget", _forget, about))


def _of_post(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--post", required=True, choices=reference.codes("post"))
    return command


def _of_words(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    help_ = f"{LISTS}: {', '.join(lists())}"
    _of_post(command).add_argument("--list", required=True, metavar="LIST", help=help_)
    command.add_argument("--words", required=True, help=WORDS)
    return command


def _names(asked: argparse.Namespace) -> int:
    rows = listed(ready(), asked.post)
    if not rows.height:
        say(NONE.format(post=asked.post), asked)
    meanings = {name: choices(engine(), asked.post, name) for name in rows["code_list"].unique()}
    for row in rows.iter_rows(named=True):
        line = LINE.format(
            name=row["code_list"],
            words=row["words"],
            code=row["code"],
            meaning=meanings[row["code_list"]].get(row["code"], GONE),
            day=f"{row['remembered_at']:%Y-%m-%d}",
            who=row["remembered_by"],
        )
        say(line, asked)
    return DONE


def _remember(asked: argparse.Namespace) -> int:
    migrate(engine())
    remember(engine(), code=asked.code, **_said(asked))
    meaning = choices(engine(), asked.post, asked.list)[asked.code]
    about = {"post": asked.post, "name": asked.list, "words": asked.words}
    say(REMEMBERED.format(code=asked.code, meaning=meaning, **about), asked)
    return DONE


def _forget(asked: argparse.Namespace) -> int:
    migrate(engine())
    forget(engine(), **_said(asked))
    say(FORGOTTEN.format(post=asked.post, name=asked.list, words=asked.words), asked)
    return DONE


def _said(asked: argparse.Namespace) -> dict[str, object]:
    return {
        "post": asked.post,
        "code_list": asked.list,
        "words": asked.words,
        "who": sender(),
        "now": datetime.now(UTC),
    }
