"""The words that a post writes for a code, beyond the official ones: resolved once, remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from data_access.database import explained
from data_access.tables import spellings

AGENCY = "agency"  # stands for a code list: the agencies known at the post


@dataclass(frozen=True, eq=False)
class Names:
    """What words stand for: list -> words in small letters -> code."""

    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def code(self, code_list: str, words: str) -> str | None:
        """Return the code that words stand for in a list, or None."""
        return self.remembered.get(code_list, {}).get(words.casefold())


NO_NAMES = Names()


def remembered(connection: Connection, post: str) -> Names:
    """Return what a post's words were said to stand for; the last word holds."""
    columns = (spellings.c.code_list, spellings.c.words, spellings.c.code)
    query = select(*columns).where(spellings.c.post_code == post).order_by(spellings.c.id)
    found: dict[str, dict[str, str]] = {}
    with explained():
        for code_list, words, code in connection.execute(query):
            known = found.setdefault(code_list, {})
            known.pop(words, None)
            if code:
                known[words] = code
    return Names(found)
