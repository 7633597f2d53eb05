"""What is to be told of a file as a whole: what came with its sheets and was not opened."""

from data_access.intake.findings import Finding, note
from metrics.text import Text

_WORDS: dict[str, tuple[Text, Text]] = {
    "W-MACRO": (
        Text(
            "berkas memuat makro; makro diabaikan dan tidak pernah dijalankan",
            "the file holds macros; they are ignored and never run",
        ),
        Text("Pakai templat resmi tanpa makro.", "Use the official template without macros."),
    ),
    "W-LINKS": (
        Text(
            "berkas merujuk buku kerja lain, yang tidak dibuka; nilai terakhirnya yang dibaca",
            "the file refers to other workbooks; they were not opened, the last values were read",
        ),
        Text(
            "Ganti rumus yang merujuk berkas lain dengan nilainya.",
            "Put values in place of formulas that refer to other files.",
        ),
    ),
    "W-EMBEDDED": (
        Text(
            "berkas memuat gambar, objek, atau berkas sisipan; semuanya tidak dibaca",
            "the file holds pictures, objects or other files within; none of them was read",
        ),
        Text("Tulis isinya pada sel bila perlu.", "Write what they say in cells if needed."),
    ),
    "W-OLDFORMAT": (
        Text(
            "format Excel lama (.xls): baris tersembunyi, sel gabungan, dan rumus tanpa hasil "
            "tidak dapat diketahui",
            "old Excel format (.xls): hidden rows, merged cells and formulas without a result "
            "cannot be told",
        ),
        Text("Sebaiknya simpan sebagai .xlsx.", "Better save it as .xlsx."),
    ),
}


def about_file(codes: list[str]) -> list[Finding]:
    """Return the findings of these codes."""
    return [note("", code, *_WORDS[code], "warning") for code in codes]
