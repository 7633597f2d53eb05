"""The file that is being looked at and not yet stored: kept only while its page is open."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data_access.errors import RefusedFile
from data_access.intake.report import Report
from metrics.text import Text

_CHECKED, _MESSAGE, _TURN = "kirim_diperiksa", "kirim_pesan", "kirim_giliran"
_FILE, _WHOSE = "kirim_berkas", "kirim_milik"


def hold(file_id: str) -> None:
    """Note which file is being looked at, so that its bytes can be let go of."""
    if st.session_state.get(_FILE) != file_id:
        _drop_bytes()
        st.session_state[_FILE] = file_id


def ask_whose(file_id: str) -> None:
    """Note that a file does not tell its post and month."""
    st.session_state[_WHOSE] = file_id


def does_not_tell(file_id: str) -> bool:
    """Return whether a file was found not to tell its post and month."""
    return st.session_state.get(_WHOSE) == file_id


def keep(key: tuple, checked: Report | RefusedFile) -> None:
    """Keep what came of a check, so that the next run does not check again."""
    st.session_state[_CHECKED] = (key, checked)


def kept(key: tuple) -> Report | RefusedFile | None:
    """Return what came of the check of this very file, or None."""
    of, checked = st.session_state.get(_CHECKED, (None, None))
    return checked if of == key else None


def check_again() -> None:
    """Let go of the check: the next run makes a new one."""
    st.session_state.pop(_CHECKED, None)


def forget() -> None:
    """Let go of the file, of what came of it, and of what was told about it."""
    for key in (_CHECKED, _MESSAGE):
        st.session_state.pop(key, None)
    _drop_bytes()


def next_file() -> None:
    """Empty the place for a file: it is remembered under the number of its turn."""
    st.session_state[_TURN] = turn() + 1
    check_again()
    _drop_bytes()


def turn() -> int:
    """Return how many files this session has finished with."""
    return st.session_state.get(_TURN, 0)


def leave_message(kind: str, text: Text) -> None:
    """Keep one sentence ("success", "warning", "error") for the next run."""
    st.session_state[_MESSAGE] = (kind, text)


def message() -> tuple[str, Text] | None:
    """Return the sentence that was left, once."""
    return st.session_state.pop(_MESSAGE, None)


def _drop_bytes() -> None:
    """Let go of the file's bytes: Streamlit would keep them until the session ends."""
    file_id, run = st.session_state.pop(_FILE, None), get_script_run_ctx()
    if file_id is not None and run is not None:
        run.uploaded_file_mgr.remove_file(run.session_id, file_id)
