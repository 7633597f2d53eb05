"""The columns by which numbers are grouped and filtered: their words and their code lists."""

from metrics.text import Text

LABELS = {
    "post_code": Text("Pos", "Post"),
    "place": Text("Negara/wilayah", "Country/territory"),
    "case_type": Text("Jenis kasus", "Case type"),
    "sector_code": Text("Sektor", "Sector"),
    "employer_type": Text("Pemberi kerja", "Employer"),
    "channel": Text("Kanal", "Channel"),
    "stage": Text("Tahap", "Stage"),
    "holder": Text("Penanggung jawab saat ini", "Current holder"),
    "urgency": Text("Tingkat kedaruratan", "Urgency"),
    "age_band": Text("Umur", "Age"),
}
# Where a column's codes are in a list of another name.
_LISTS = {"post_code": "post", "sector_code": "sector"}


def code_list(column: str) -> str:
    """Return the code list that a column's codes belong to."""
    return _LISTS.get(column, column)
