"""Makes the installation ready in the background while the first visitor sees how far it is."""

import gc
import logging
import threading
import time
from dataclasses import dataclass, field

import streamlit as st

from data_access import prepare
from data_access.errors import ReaderError
from metrics.text import Text

# The charts are not used here: importing them at the start spares the first visitor a second.
from pages.components import charts, loaders, mapping, ratings  # noqa: F401
from pages.components.language import say

STARTING = Text("Membuka dasbor", "Opening the dashboard")
FIRST = Text(
    "Pada pembukaan pertama, DATA SIMULASI disusun lebih dahulu. Ini kurang dari satu menit.",
    "On the first start the DATA SIMULASI (made-up data) is built. It takes under a minute.",
)
FAILED = Text(
    "Dasbor belum dapat dibuka. Periksa catatan server, lalu muat ulang halaman.",
    "The dashboard cannot be opened yet. Look at the server's log, then reload the page.",
)
AGAIN = Text("Coba lagi", "Try again")


@dataclass
class Preparation:
    """How far the installation is; shared by all sessions of the process."""

    step: Text = STARTING
    fraction: float = 0.0
    done: bool = False
    failure: Text | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start the work unless it is under way or done."""
        with self._lock:
            if self.done or (self._thread and self._thread.is_alive()):
                return
            self.failure = None
            self._thread = threading.Thread(target=self._work, name="prepare", daemon=True)
            self._thread.start()

    def _report(self, step: Text, fraction: float) -> None:
        self.step, self.fraction = step, fraction

    def _work(self) -> None:
        try:
            prepare.ready(self._report)
            loaders.dataset()  # now, and not when the first visitor asks
        except ReaderError as error:
            logging.getLogger(__name__).error("not ready: %s", type(error.__context__).__name__)
            self.failure = error.text
        except Exception:  # the thread's end: told on the screen, with its cause in the log
            logging.getLogger(__name__).exception("not ready")
            self.failure = FAILED
        else:
            # What is loaded now lives as long as the process: the collector need not walk it.
            gc.collect()
            gc.freeze()
            self.done = True


PREPARATION = Preparation()


def wait() -> None:
    """Return when the installation is ready; until then show how far it is."""
    PREPARATION.begin()
    if PREPARATION.done:
        return
    place = st.empty()
    while not PREPARATION.done and PREPARATION.failure is None:
        with place.container():
            st.subheader(say(STARTING))
            st.progress(PREPARATION.fraction, text=say(PREPARATION.step))
            st.caption(say(FIRST))
        time.sleep(0.2)
    place.empty()
    if PREPARATION.failure is not None:
        st.error(say(PREPARATION.failure))
        st.button(say(AGAIN))
        st.stop()
