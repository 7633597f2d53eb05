"""The nine sheets of a post's monthly workbook, declared once.

The blank workbook, the checks on what comes back and the database tables are all made from
these declarations. A change of a field needs a new TEMPLATE_VERSION and a migration.
"""

from data_access.fields import AGENCY, Field, Sheet
from metrics.text import Text

TEMPLATE_VERSION = "2026.1"


def _count(name: str, indonesian: str, english: str, example: str, least: int = 0) -> Field:
    return Field(
        name=name,
        label=Text(indonesian, english),
        kind="integer",
        example=example,
        minimum=least,
        maximum=10_000_000,
    )


def _code(
    name: str,
    indonesian: str,
    english: str,
    code_list: str,
    example: str,
    *,
    required: bool = True,
    allowed: tuple[str, ...] = (),
) -> Field:
    return Field(
        name=name,
        label=Text(indonesian, english),
        kind="code",
        code_list=code_list,
        example=example,
        required=required,
        allowed=allowed,
    )


def _date(name: str, indonesian: str, english: str, example: str, *, required: bool) -> Field:
    return Field(
        name=name,
        label=Text(indonesian, english),
        kind="date",
        example=example,
        required=required,
    )


def _money(name: str, indonesian: str, english: str, example: str) -> Field:
    return Field(
        name=name,
        label=Text(indonesian, english),
        kind="decimal",
        example=example,
        required=False,
        minimum=0,
        maximum=1e12,
        currency="currency",
    )


AGENCY_PATTERN = r"({post}-M|P3-)\d{4}"
EMPLOYERS = ("BH", "PS")


def _agency(*, required: bool) -> Field:
    return Field(
        name="agency_code",
        label=Text("Kode mitra", "Agency code"),
        kind="text",
        example="{post}-M0007",
        required=required,
        code_list=AGENCY,
        pattern=AGENCY_PATTERN,
    )


SUMMARY = Sheet(
    name="Rekap",
    label=Text("Rekap bulanan", "Monthly summary"),
    table="monthly_summary",
    key=("period",),
    whole_month=True,
    one_row=True,
    fields=(
        _count("registered_workers", "PMI terdata (akhir bulan)", "Registered workers", "152340"),
        _count("registered_new", "Pendataan/lapor diri baru", "New registrations", "1210"),
        Field(
            name="estimated_workers",
            label=Text("Perkiraan jumlah PMI", "Estimated workers"),
            kind="integer",
            example="165000",
            required=False,
            minimum=0,
            maximum=10_000_000,
        ),
        _code(
            "estimate_source",
            "Sumber perkiraan",
            "Source of estimate",
            "estimate_source",
            "immigration",
            required=False,
        ),
        _count("monitored_workers", "PMI dipantau (kunjungan/kontak)", "Workers monitored", "430"),
        _count("employer_visits", "Kunjungan ke pemberi kerja", "Employer visits", "12"),
        _count("shelter_in", "Masuk shelter", "Shelter entries", "41"),
        _count("shelter_out", "Keluar shelter", "Shelter exits", "37"),
        _count("shelter_end", "Penghuni shelter akhir bulan", "In shelter at month end", "150"),
        _count("repatriated", "PMI dipulangkan (difasilitasi)", "Workers repatriated", "35"),
    ),
)

CASES = Sheet(
    name="Kasus",
    label=Text("Kasus", "Cases"),
    table="cases",
    key=("case_id",),
    fields=(
        Field(
            name="case_id",
            label=Text("Nomor kasus", "Case number"),
            kind="text",
            example="{post}-2026-00123",
            pattern=r"{post}-\d{4}-\d{5,7}",
        ),
        _date("date_reported", "Tanggal lapor", "Date reported", "2026-10-14", required=True),
        _code("channel", "Kanal pengaduan", "Channel", "channel", "in_person"),
        _code("case_type", "Jenis kasus", "Case type", "case_type", "A1"),
        _code("request", "Permintaan pengadu", "Request", "request", "pay_rights", required=False),
        _code("stage", "Tahap migrasi", "Migration stage", "stage", "during"),
        _code("urgency", "Tingkat kedaruratan", "Urgency", "urgency", "moderate"),
        _code("procedural", "Status prosedural", "Procedural status", "procedural", "documented"),
        _code("employer_type", "Jenis pemberi kerja", "Employer type", "employer_type", "PS"),
        _code("sector_code", "Sektor", "Sector", "sector", "DOM", required=False),
        _code("gender", "Jenis kelamin", "Gender", "gender", "P"),
        _count("people", "Jumlah PMI dalam kasus", "Workers in the case", "1", least=1),
        _agency(required=False),
        _code(
            "agency_fault",
            "Tanggung jawab mitra",
            "Agency at fault",
            "agency_fault",
            "not_examined",
            required=False,
        ),
        _code("status", "Status penanganan", "Status", "case_status", "in_progress"),
        _code("holder", "Penanggung jawab saat ini", "Current holder", "holder", "post"),
        _date(
            "date_first_response",
            "Tanggal tanggapan pertama",
            "First response date",
            "2026-10-15",
            required=False,
        ),
        _date(
            "date_closed", "Tanggal selesai/ditutup", "Closing date", "2026-10-30", required=False
        ),
        _code("outcome", "Hasil", "Outcome", "outcome", "rights_part", required=False),
        _money("amount_claimed", "Hak keuangan dituntut", "Amount claimed", "9000"),
        _money("amount_recovered", "Hak keuangan diperoleh", "Amount recovered", "6500"),
        _code("currency", "Mata uang", "Currency", "currency", "SAR", required=False),
        Field(
            name="in_shelter",
            label=Text("Tinggal di shelter", "In shelter"),
            kind="yes_no",
            example="yes",
            required=False,
        ),
    ),
)

PLACEMENTS = Sheet(
    name="Penempatan",
    label=Text("Penempatan", "Placements"),
    table="placements",
    key=("period", "agency_code", "employer_type", "sector_code", "scheme", "gender"),
    whole_month=True,
    fields=(
        _agency(required=False),
        _code(
            "employer_type",
            "Jenis pemberi kerja",
            "Employer type",
            "employer_type",
            "PS",
            allowed=EMPLOYERS,
        ),
        _code("sector_code", "Sektor", "Sector", "sector", "DOM"),
        _code("scheme", "Skema penempatan", "Placement scheme", "scheme", "PtoP"),
        _code("gender", "Jenis kelamin", "Gender", "gender", "P", allowed=("L", "P")),
        _count("count", "Jumlah PMI tiba/ditempatkan", "Workers placed", "318", least=1),
    ),
)

AGENCIES = Sheet(
    name="Mitra",
    label=Text("Mitra", "Agencies"),
    table="agencies",
    key=("agency_code",),
    fields=(
        _agency(required=True),
        Field(
            name="agency_name",
            label=Text("Nama mitra/agensi", "Agency name"),
            kind="text",
            example="Contoh Mitra Satu (simulasi)",
            length=120,
        ),
        _code("role", "Jenis mitra", "Role", "agency_role", "foreign"),
        _date(
            "host_license_until",
            "Masa berlaku izin negara setempat",
            "Host licence valid until",
            "2027-06-30",
            required=True,
        ),
        _date(
            "registration_until",
            "Masa berlaku tanda daftar perwakilan",
            "Mission registration valid until",
            "2027-03-31",
            required=True,
        ),
        _code("list_status", "Status daftar", "List status", "list_status", "clear"),
        _code("sanction", "Sanksi berjalan", "Current sanction", "sanction", "none"),
        _date("sanction_from", "Sanksi dari", "Sanction from", "2026-09-01", required=False),
        _date("sanction_until", "Sanksi sampai", "Sanction until", "2026-11-30", required=False),
    ),
)

ASSESSMENTS = Sheet(
    name="Penilaian",
    label=Text("Penilaian mitra", "Agency assessments"),
    table="agency_assessments",
    key=("agency_code", "date", "kind"),
    fields=(
        _agency(required=True),
        _date("date", "Tanggal penilaian", "Assessment date", "2026-10-20", required=True),
        _code("kind", "Jenis penilaian", "Kind", "assessment_kind", "periodic"),
        *(
            Field(
                name=f"q{item}",
                label=Text(f"Butir {item} (0/1/2)", f"Item {item} (0/1/2)"),
                kind="integer",
                example="2",
                minimum=0,
                maximum=2,
            )
            for item in range(1, 11)
        ),
        _code("recommendation", "Rekomendasi", "Recommendation", "recommendation", "guidance"),
    ),
)

REVIEWS = Sheet(
    name="Ulasan",
    label=Text("Ulasan pekerja (agregat)", "Worker reviews (aggregate)"),
    table="worker_reviews",
    key=("agency_code", "quarter"),
    fields=(
        _agency(required=True),
        Field(
            name="quarter",
            label=Text("Triwulan", "Quarter"),
            kind="quarter",
            example="2026-Q3",
        ),
        _count("n_reviews", "Jumlah ulasan", "Number of reviews", "23"),
        *(
            Field(
                name=name,
                label=label,
                kind="decimal",
                example="4.1",
                minimum=1,
                maximum=5,
                required=False,
            )
            for name, label in {
                "fee": Text("Biaya (1-5)", "Fees (1-5)"),
                "contract": Text("Kontrak (1-5)", "Contract (1-5)"),
                "docs": Text("Dokumen (1-5)", "Documents (1-5)"),
                "help": Text("Bantuan (1-5)", "Help (1-5)"),
            }.items()
        ),
    ),
)

DOCUMENTS = Sheet(
    name="Legalisasi",
    label=Text("Legalisasi dokumen", "Legalised documents"),
    table="legalised_documents",
    key=("period", "doc_type", "agency_code", "employer_type"),
    whole_month=True,
    fields=(
        _code("doc_type", "Jenis dokumen", "Document type", "doc_type", "new_contract"),
        _agency(required=False),
        _code(
            "employer_type",
            "Jenis pemberi kerja",
            "Employer type",
            "employer_type",
            "PS",
            allowed=EMPLOYERS,
        ),
        _count("received", "Diterima", "Received", "820"),
        _count("approved", "Disahkan", "Approved", "790"),
        _count("returned", "Dikembalikan", "Returned", "22"),
        _count("rejected", "Ditolak", "Rejected", "3"),
        Field(
            name="days_median",
            label=Text("Median hari proses", "Median days"),
            kind="decimal",
            example="2.0",
            required=False,
            minimum=0,
            maximum=1000,
        ),
    ),
)

JOB_ORDERS = Sheet(
    name="JobOrder",
    label=Text("Job order", "Job orders"),
    table="job_orders",
    key=("jo_id",),
    fields=(
        Field(
            name="jo_id",
            label=Text("Nomor job order", "Job-order number"),
            kind="text",
            example="{post}-JO-2026-0031",
            pattern=r"{post}-JO-\d{4}-\d{4,6}",
        ),
        _date("date_received", "Tanggal diterima", "Date received", "2026-10-04", required=True),
        _agency(required=False),
        Field(
            name="p3mi_code",
            label=Text("Kode P3MI", "P3MI code"),
            kind="text",
            example="P3-0120",
            required=False,
            code_list=AGENCY,
            pattern=r"P3-\d{4}",
        ),
        _code(
            "employer_type",
            "Jenis pemberi kerja",
            "Employer type",
            "employer_type",
            "BH",
            allowed=EMPLOYERS,
        ),
        _code("sector_code", "Sektor", "Sector", "sector", "KES"),
        Field(
            name="occupation",
            label=Text("Jabatan", "Occupation"),
            kind="text",
            example="Perawat",
        ),
        Field(
            name="kbji",
            label=Text("Kode KBJI (4 digit)", "KBJI/ISCO-08 code"),
            kind="text",
            example="2221",
            required=False,
            pattern=r"\d{4}",
        ),
        _count("vacancies", "Jumlah lowongan", "Vacancies", "50", least=1),
        _money("wage", "Upah per bulan", "Monthly wage", "120"),
        _code("currency", "Mata uang", "Currency", "currency", "KWD", required=False),
        Field(
            name="contract_months",
            label=Text("Masa kontrak (bulan)", "Contract months"),
            kind="integer",
            example="24",
            required=False,
            minimum=1,
            maximum=60,
        ),
        _code(
            "scheme",
            "Skema",
            "Scheme",
            "scheme",
            "PtoP",
            allowed=("PtoP", "GtoG", "GtoP", "UKPS"),
        ),
        _code("status", "Status", "Status", "jo_status", "verified"),
        _date("date_verified", "Tanggal verifikasi", "Verified on", "2026-10-11", required=False),
        _date("valid_until", "Berlaku sampai", "Valid until", "2027-04-11", required=False),
        _count("filled", "Terisi (kumulatif)", "Filled so far", "12"),
    ),
)

ACTIVITIES = Sheet(
    name="Kegiatan",
    label=Text("Kegiatan", "Activities"),
    table="activities",
    key=("period", "date", "kind", "partner"),
    whole_month=True,
    fields=(
        _date("date", "Tanggal", "Date", "2026-10-12", required=True),
        _code("kind", "Jenis kegiatan", "Kind", "activity_kind", "guidance"),
        _count("participants", "Jumlah peserta PMI", "PMI participants", "180"),
        Field(
            name="partner",
            label=Text("Pihak mitra (lembaga)", "Counterpart (institution)"),
            kind="text",
            example="Lembaga pelatihan",
            required=False,
            length=120,
        ),
        _count("leads", "Peluang kerja didapat (lowongan)", "Vacancy leads", "40"),
    ),
)

SHEETS = (
    SUMMARY,
    CASES,
    PLACEMENTS,
    AGENCIES,
    ASSESSMENTS,
    REVIEWS,
    DOCUMENTS,
    JOB_ORDERS,
    ACTIVITIES,
)
BY_TABLE = {sheet.table: sheet for sheet in SHEETS}
