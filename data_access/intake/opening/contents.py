"""What an Excel workbook is made of: its sheets in their order, and what comes with them."""

from dataclasses import dataclass, field

from data_access.errors import RefusedFile
from data_access.intake.opening import unopened
from data_access.intake.opening.guarding import Archive
from data_access.intake.opening.markup import Attributes, walk

BOOK, TARGETS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = "worksheet"
_ID = "id"
_OF_USE = (".xml", ".rels", ".vml")  # what the cells, their looks and notes are written in
_HARMLESS = (
    "docprops/",
    "thumbnails/",
    "xl/printersettings/",
    "configurations2/",
    "manifest.rdf",
    "layout-cache",
)


@dataclass
class Page:
    """One sheet as the workbook lists it."""

    name: str
    kind: str  # worksheet, chartsheet, dialogsheet or xlMacrosheet
    part: str
    visible: bool


@dataclass
class _Lists:
    pages: list[tuple[str, str, bool]] = field(default_factory=list)  # name, id, visible
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id: kind, part

    def page(self, tag: str, given: Attributes) -> None:
        """Take notice of a sheet that the workbook names."""
        if tag == "sheet":
            plain = {name.rpartition(":")[2]: value for name, value in given.items()}
            visible = plain.get("state", "visible") == "visible"
            self.pages.append((plain.get("name", ""), plain.get(_ID, ""), visible))

    def target(self, tag: str, given: Attributes) -> None:
        """Take notice of the part that a sheet lies in."""
        if tag == "Relationship":
            part = given.get("Target", "").removeprefix("/")
            part = part if part.startswith("xl/") else f"xl/{part}"
            kind = given.get("Type", "").rpartition("/")[2]
            self.targets[given.get("Id", "")] = kind, part


def pages(archive: Archive) -> list[Page]:
    """Return the workbook's sheets. Raises RefusedFile when its lists do not fit together."""
    lists = _Lists()
    walk(archive, BOOK, lists.page)
    if archive.has(TARGETS):
        walk(archive, TARGETS, lists.target)
    found = [
        Page(name, *lists.targets.get(at, ("", "")), visible) for name, at, visible in lists.pages
    ]
    names = {page.name for page in found}
    if len(names) < len(found) or not all(archive.has(page.part) for page in found):
        raise RefusedFile(unopened.XML.format(part=BOOK))
    return found


def beside(archive: Archive) -> list[str]:
    """Return the codes of what a file holds besides its sheets, none of which is opened."""
    names = [name.replace("\\", "/").casefold() for name in archive.names]
    found = []
    if any(_is_macro(name) for name in names):
        found.append("W-MACRO")
    if any(name.startswith("xl/externallinks/") for name in names):
        found.append("W-LINKS")
    if any(_is_embedded(name) for name in names):
        found.append("W-EMBEDDED")
    return found


def _is_macro(name: str) -> bool:
    return "vbaproject" in name or name.startswith(("xl/macrosheets/", "basic/", "scripts/"))


def _is_embedded(name: str) -> bool:
    if name.endswith("/") or name == "mimetype" or name.startswith(_HARMLESS):
        return False
    return not name.endswith(_OF_USE) and not _is_macro(name)
