"""Words that no list knows: what each stands for is said once and remembered for the post."""

from dataclasses import dataclass

import streamlit as st

from data_access.central import CENTRAL
from data_access.errors import ReaderError
from data_access.fields import AGENCY
from data_access.intake.report import Report
from data_access.intake.words.naming import suggested
from metrics.text import Text
from metrics.units import number
from pages.components.columns import LABELS
from pages.components.intake import gate, unsaved
from pages.components.intake.plain import plain
from pages.components.language import in_words, language, say

TITLE = Text("Kata yang belum dikenal ({count})", "Words not known yet ({count})")
HOW = Text(
    "Pilih artinya satu kali. Pilihan itu diingat untuk pos ini dan dipakai pada kiriman "
    "berikutnya. Kalau yang benar tidak ada dalam daftar, perbaiki selnya.",
    "Choose the meaning once. It is remembered for this post and used for later files. If the "
    "right one is not in the list, correct the cell.",
)
STANDS_FOR = Text('"{words}" berarti', '"{words}" stands for')
CHOOSE = Text("Pilih arti", "Choose the meaning")
REMEMBER = Text("Ingat dan periksa lagi", "Remember and check again")
OPTION = Text("{words} ({code})", "{words} ({code})")
REMEMBERED = Text(
    "{count} kata diingat. Berkas sudah diperiksa lagi.",
    "{count} words remembered. The file has been checked again.",
)
LISTS = {
    AGENCY: Text("Mitra", "Agency"),
    "sector": LABELS["sector_code"],
    "case_type": LABELS["case_type"],
    "channel": LABELS["channel"],
    "holder": LABELS["holder"],
    "urgency": LABELS["urgency"],
    "employer_type": LABELS["employer_type"],
    "stage": LABELS["stage"],
}
MOST = 30  # words asked about at once


@dataclass(frozen=True)
class Word:
    """Words of a post and the list that does not know them."""

    code_list: str
    words: str


def show(report: Report) -> None:
    """Show one choice for each distinct word that a list does not know.

    Words are remembered for a post: Jakarta's own file has none.
    """
    if report.post == CENTRAL:
        return
    unknown = [
        Word(finding.code_list, finding.value)
        for finding in report.findings
        if finding.code_list and finding.value and not finding.hidden
    ]
    unknown = list(dict.fromkeys(unknown))
    if not unknown:
        return
    st.subheader(say(TITLE.format(count=number(len(unknown), language()))), anchor=False)
    st.caption(say(HOW))
    lists = {of: gate.meanings(report.post, of) for of in {word.code_list for word in unknown}}
    chosen = {word: _choose(word, lists[word.code_list]) for word in unknown[:MOST]}
    resolved = {word: code for word, code in chosen.items() if code}
    if st.button(say(REMEMBER), icon=":material/psychology:", disabled=not resolved, key="ingat"):
        _remember(report.post, resolved)


def _choose(word: Word, meanings: dict[str, Text]) -> str | None:
    nearest = suggested(word.words, meanings)
    others = [code for code in meanings if code not in nearest]
    return st.selectbox(
        _list(word.code_list) + say(STANDS_FOR.format(words=plain(word.words))),
        [*nearest, *others],
        index=None,
        placeholder=say(CHOOSE),
        format_func=lambda code: _option(code, meanings[code]),
        key=in_words(f"arti_{word.code_list}_{word.words}"),
        width=480,
    )


def _option(code: str, words: Text) -> str:
    """Return the words, and the code where posts know it: of an agency, a case type, a sector."""
    return say(OPTION.format(words=words, code=code) if code.isupper() else words)


def _list(code_list: str) -> str:
    label = LISTS.get(code_list)
    return f"{say(label)}: " if label else ""


def _remember(post: str, resolved: dict[Word, str]) -> None:
    done = 0
    for word, code in resolved.items():
        try:
            gate.remember(post, word.code_list, word.words, code)
        except ReaderError as refused:
            st.error(f"{plain(word.words)}: {plain(say(refused.text))}")
        else:
            done += 1
    if done == len(resolved):
        unsaved.check_again()
        count = Text(number(done, "id"), number(done, "en"))
        unsaved.leave_message("info", REMEMBERED.format(count=count))
        st.rerun()
