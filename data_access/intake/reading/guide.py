"""What a workbook says about itself on its first sheet: whose it is, and of which month."""

from dataclasses import dataclass
from datetime import date

from data_access import reference
from data_access.central import CENTRAL, sheets_of
from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake import refusals
from data_access.intake.instructions import METADATA, ONE_SHEET, ONE_SHEET_LABEL
from data_access.intake.opening.raw import RawSheet
from data_access.intake.words import dates
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.privacy import public
from data_access.sheets import TEMPLATE_VERSION

_NAMES = ("post_name_id", "post_name_en", "city_id", "city_en")


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Whose file it is, of which month, and the one sheet to which it is limited, if any."""

    post: str  # or CENTRAL
    month: date
    only: tuple[Sheet, ...] = ()


def read_guide(page: RawSheet) -> Guide:
    """Return what the sheet Petunjuk tells. Raises RefusedFile when it does not or is outdated."""
    told: dict[str, str] = {}
    for cells in page.texts.drop("row").iter_rows():
        words = [cleaned(cell) for cell in cells if cell]
        if len(words) >= 2:
            told.setdefault(words[0].casefold(), words[1])
    values = {name: told.get(label.casefold(), "") for name, label in METADATA.items()}
    month = dates.month(values["month"])
    if not all(values.values()) or month is None:
        raise RefusedFile(refusals.NO_GUIDE)
    if values["version"] != TEMPLATE_VERSION:
        due, found = TEMPLATE_VERSION, public(values["version"], "…")[:20]
        raise RefusedFile(refusals.VERSION.format(found=found, due=due))
    owner = known_post(values["post"].upper())
    limited = told.get(ONE_SHEET_LABEL.casefold(), "").casefold()
    named = {ONE_SHEET.format(sheet=sheet.name).casefold(): sheet for sheet in sheets_of(owner)}
    if limited and limited not in named:
        raise RefusedFile(refusals.NO_GUIDE)
    return Guide(post=owner, month=month, only=(named[limited],) if limited else ())


def known_post(post: str) -> str:
    """Return the code of a post told by its code or its name, or CENTRAL.

    Raises RefusedFile when there is no such post.
    """
    told = cleaned(post).casefold()
    named = {code.casefold(): code for code in (*reference.codes("post"), CENTRAL)}
    for code, *names in reference.posts().select("post_code", *_NAMES).iter_rows():
        named |= {name.casefold(): code for name in names}
    if told not in named:
        raise RefusedFile(refusals.UNKNOWN_POST.format(found=public(post, "…")[:20]))
    return named[told]
