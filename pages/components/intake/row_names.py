"""What makes a row itself, in the reader's words."""

import re
from datetime import date

from data_access.fields import Sheet
from metrics.units import NOTHING, day, month
from pages.components import reference
from pages.components.language import language, say

BETWEEN = " / "
_DAY, _MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")


def row_name(sheet: Sheet, key: str | None) -> str:
    """Return the key of a row, as data_access.received tells it, with words for codes and days."""
    if not key:
        return NOTHING
    lists = [field.code_list for field in sheet.fields if field.name in sheet.key]
    return BETWEEN.join(_words(part, lists) for part in key.split(BETWEEN))


def _words(part: str, lists: list[str]) -> str:
    known = (reference.all_words().get(name, {}) for name in lists if name)
    if (text := next((words[part] for words in known if part in words), None)) is not None:
        return say(text)
    if _DAY.fullmatch(part):
        return day(date.fromisoformat(part), language())
    if _MONTH.fullmatch(part):
        return month(date.fromisoformat(f"{part}-01"), language())
    return part
