"""The words that Streamlit's own controls bring along, in both languages.

They stand in the scripts that the browser loads, in English alone. Served through `translated`,
each is chosen by the page's address at the moment it is drawn, for the eye and for a screen
reader. A test holds that every one of them is still found in the installed release.
"""

import re
from functools import lru_cache

from metrics.text import Text

# Script (its name without the release's mark) -> words as they stand there -> in both languages
WORDS: dict[str, tuple[Text, ...]] = {
    "FileUploader": (
        Text("Unggah", "Upload"),
        Text("Ganti berkas", "Add files"),
        Text("Lepaskan berkas di sini", "Drag and drop a file here"),
    ),
    "utils": (
        Text("pilih berkas", "file upload"),
        Text("Hapus ${e.name}", "Remove ${e.name}"),
        Text("Batalkan unggahan ${e.name}", "Cancel upload of ${e.name}"),
        Text("Unggahan gagal", "Upload failed"),
        Text("Klik untuk mengunggah lagi", "Click to retry upload"),
        Text("Hanya satu berkas yang boleh.", "Only one file is allowed."),
        Text("Terjadi gangguan. Silakan coba lagi.", "Unexpected error. Please try again."),
        Text("Pilih", "Choose an option"),
        Text("Tidak ada pilihan", "No options to select"),
    ),
    "Selectbox": (
        Text("Tidak ada yang cocok", "No results"),
        Text("Buka", "Open"),
        Text("Kosongkan", "Clear value"),
        Text("Daftar pilihan", "Selectbox options"),
    ),
    "StreamlitMarkdown": (),  # see PARTS
    "Pagination": (
        Text("Halaman", "Pagination"),
        Text("Halaman sebelumnya", "Previous page"),
        Text("Halaman berikutnya", "Next page"),
        Text("Halaman ${e.page}", "Page ${e.page}"),
    ),
    "TextInput": (Text("Kosongkan", "Clear entry"),),
    "Toolbar": (
        Text("Layar penuh", "Fullscreen"),
        Text("Tutup layar penuh", "Close fullscreen"),
    ),
    "DataFrame": (
        Text("Cari", "Search"),
        Text("Tutup pencarian", "Close Search"),
        Text("Hasil berikutnya", "Next Result"),
        Text("Hasil sebelumnya", "Previous Result"),
        Text("Unduh sebagai CSV", "Download as CSV"),
        Text("Tampilkan atau sembunyikan kolom", "Show/hide columns"),
        Text("Hapus pilihan", "Clear selection"),
        Text("Pilih semua", "Select all"),
        Text("Menu kolom", "Dataframe column menu"),
        Text("Urutkan naik", "Sort ascending"),
        Text("Urutkan turun", "Sort descending"),
        Text("Bentuk angka", "Format"),
        Text("Lebar otomatis", "Autosize"),
        Text("Sematkan kolom", "Pin column"),
        Text("Lepas sematan kolom", "Unpin column"),
        Text("Sembunyikan kolom", "Hide column"),
        Text("Salin nama kolom", "Copy column name"),
        Text("Ringkasan nilai", "Statistics"),
        Text("Nilai", "Values"),
        Text("Kosong", "Empty"),
        Text("Berbeda", "Distinct"),
        Text("Panjang rata-rata", "Average length"),
        Text("Panjang terkecil", "Minimum length"),
        Text("Panjang terbesar", "Maximum length"),
        Text("Tidak ada data", "No data"),
        Text("(nomor urut)", "(index)"),
    ),
    "DynamicIcon": (Text("ikon", "${n} icon"), Text("Memuat", "Loading")),
    "index": (Text("Tutup", "Close"), Text("Sedang bekerja", "Running...")),
}
# Parts of longer texts: (script, as it stands there, what comes before the part, the part)
PARTS: tuple[tuple[str, str, Text], ...] = (
    ("StreamlitMarkdown", "ariaLabel:n+`", Text(" (ikon)", " icon")),
    ("FileUploader", "D.Byte,0)}", Text(" tiap berkas", " per file")),
    (
        "FileUploader",
        "${e.type}",
        Text(": jenis berkas ini tidak diterima.", " files are not allowed."),
    ),
    ("utils", "message:`", Text("Berkas lebih besar dari ", "File is larger than ")),
    ("utils", "`file-too-large`:return`", Text("Berkas paling besar ", "File must be ")),
    ("utils", "${$(n,`b`)}", Text(".", " or smaller.")),
    ("utils", "${t.type}", Text(": jenis berkas ini tidak diterima.", " files are not allowed.")),
    ("utils", "role:`alert`,children:[`", Text("Kekeliruan: ", "Error: ")),
)
_ENGLISH = "/[?&]bahasa=en/i.test(location.search)"
# Before a word that is shown; a name of a class or of a key stands elsewhere.
_BEFORE = r"(?P<before>(?:[:,(\[?=]|\breturn|\|\|)\s*)(?<!displayName=)"


def script_of(path: str) -> str | None:
    """Return which script of Streamlit's an address asks for, if it holds words of ours."""
    found = re.search(r"/static/js/(\w+)\.[\w-]+\.js$", path)
    return found[1] if found and found[1] in WORDS else None


@lru_cache(maxsize=32)
def translated(name: str, script: str) -> str:
    """Return a script in which the known words are chosen by the language of the page."""
    for text in WORDS[name]:
        pattern = _BEFORE + re.escape(f"`{text.english}`")
        script = re.sub(pattern, lambda hit, text=text: hit["before"] + _choice(text), script)
    for of, before, text in PARTS:
        if of == name:
            script = script.replace(before + text.english, f"{before}${{{_choice(text)}}}")
    return script


def _choice(text: Text) -> str:
    return f"({_ENGLISH}?`{text.english}`:`{text.indonesian}`)"
