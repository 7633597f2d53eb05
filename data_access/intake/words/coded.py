"""From words to a code: of a fixed list, or of an agency that the post knows."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from data_access import reference
from data_access.fields import AGENCY, Field
from data_access.intake.findings import Fault
from data_access.intake.words.naming import LONGEST_WORDS, Nearest, Origin
from data_access.intake.words.privacy import personal_cell
from data_access.intake.words.spelling import key, normal
from metrics.text import Text

OFFERED = 3  # suggestions told

UNKNOWN_CODE = Text("tidak dikenal", "is not known")
CHOOSE = Text("Pilih salah satu dari daftar: {words}.", "Choose one of the list: {words}.")
MEANT = Text("Apakah maksudnya {words}? {else_}", "Do you mean {words}? {else_}")
NOT_HERE = Text("berarti {words}, yang tidak berlaku di kolom ini", "means {words}, not valid here")
UNKNOWN_NAME = Text(
    "bukan kode mitra, dan bukan nama mitra yang dikenal di pos ini",
    "is no agency code, and no name of an agency known at this post",
)
WRITE_CODE = Text(
    "Tulis kode mitranya, misalnya {example}, atau daftarkan mitranya pada lembar Mitra.",
    "Write the agency's code, for example {example}, or enter the agency on the sheet Mitra.",
)
WRITE_ONE = Text("Tulis kode mitranya.", "Write the agency's code.")
TWO_MEANINGS = Text(
    "dapat berarti lebih dari satu mitra: {codes}", "could be more than one agency: {codes}"
)
READ_AS = Text("dibaca sebagai {code}", "read as {code}")
CHECK_NAME = Text(
    "Pastikan mitranya benar; sebaiknya tulis kodenya.",
    "Make sure that it is this agency; better write its code.",
)

Answer = tuple[str | bool | None, Fault | None]


@dataclass(frozen=True, eq=False)
class Official:
    """What the fixed list of a field offers: the codes that fit, told and looked up."""

    fitting: dict[str, Text]
    choose: Text
    nearest: Nearest


def list_of(field: Field) -> str:
    """Return the list of codes that a field takes its values from; "": none."""
    return "yes_no" if field.kind == "yes_no" else field.code_list


@lru_cache
def spellings(code_list: str) -> dict[str, str]:
    """Return every spelling of a fixed list with its code: the code, and both languages' words."""
    found: dict[str, str] = {}
    for code, text in reference.code_lists()[code_list].items():
        for spelling in (code, text.indonesian, text.english):
            found.setdefault(key(spelling), code)
    return found | ({"true": "yes", "false": "no"} if code_list == "yes_no" else {})


@lru_cache
def official(field: Field) -> Official:
    """Return what the field's list offers."""
    every = reference.code_lists()[list_of(field)]
    fitting = {code: text for code, text in every.items() if code in (field.allowed or every)}
    offered = ("; ".join(t.to(language) for t in fitting.values()) for language in ("id", "en"))
    return Official(fitting, CHOOSE.format(words=Text(*offered)), Nearest(fitting))


def known(field: Field, words: str) -> bool:
    """Return whether words are a code of the field's list, or the words for one that fits."""
    return spellings(list_of(field)).get(key(words)) in official(field).fitting


def coded(field: Field, words: str, origin: Origin) -> Answer:
    """Return the code that words stand for: of the list, or as a person said once."""
    said, listed = official(field), list_of(field)
    code = spellings(listed).get(key(words)) or origin.names.code(listed, words)
    every = reference.code_lists()[listed]
    if code in said.fitting:
        return (code == "yes" if field.kind == "yes_no" else code), None
    if code in every:
        reason = NOT_HERE.format(words=every[code])
        return None, Fault(code="E-CODE", reason=reason, advice=said.choose)
    near = origin.near(words, said.nearest, OFFERED)
    fault = Fault(code="E-CODE", reason=UNKNOWN_CODE, advice=said.choose)
    fault = _offering(fault, [every[code] for code in near])
    return None, _resolvable(fault, listed, words, origin)


def agency(field: Field, words: str, origin: Origin) -> Answer:
    """Return the code of the agency that words name; a name is told as a warning."""
    names = origin.names
    remembered = names.code(AGENCY, words)
    meant = _meant(words, remembered, origin)
    fitting = [code for code in meant if fits(field, code, origin.post)]
    if len(fitting) == 1:
        told = Fault(
            code="W-NAME",
            reason=READ_AS.format(code=fitting[0]),
            advice=CHECK_NAME,
            severity="warning",
        )
        return fitting[0], None if fitting[0] == remembered else told
    write = WRITE_CODE.format(example=field.example.format(post=origin.post))
    if meant and not fitting:
        reason = NOT_HERE.format(words=", ".join(meant))
        return None, Fault(code="E-NAME", reason=reason, advice=write)
    if fitting:
        near, reason, write = fitting, TWO_MEANINGS.format(codes=", ".join(fitting)), WRITE_ONE
    else:
        near, reason = origin.near(words, names.agencies.nearest), UNKNOWN_NAME
        near = [code for code in near if fits(field, code, origin.post)][:OFFERED]
    offered = [_named(code, names.agencies.names.get(code, "")) for code in near]
    fault = _offering(Fault(code="E-NAME", reason=reason, advice=write), offered)
    return None, _resolvable(fault, AGENCY, words, origin)


def _meant(words: str, remembered: str | None, origin: Origin) -> list[str]:
    """Return the codes of the agencies that words can mean."""
    by_name = origin.names.agencies.codes(words)
    if remembered is None:
        return by_name
    # Other agencies may have taken the name since a person said what it stands for: ask again.
    agree = remembered in by_name or not by_name
    return [remembered] if agree else sorted({remembered, *by_name})


def fits(field: Field, code: str, post: str) -> bool:
    """Return whether a code has the form that a field asks for."""
    return bool(_form(field.pattern, post).fullmatch(code))


@lru_cache
def _form(pattern: str, post: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{post}", post), re.ASCII)


def _named(code: str, name: str) -> Text:
    words = f"{name} ({code})" if name else code
    return Text(words, words)


def _offering(fault: Fault, near: list[Text]) -> Fault:
    """Return the fault with the nearest words before its advice."""
    if not near:
        return fault
    words = Text(
        " atau ".join(text.indonesian for text in near), " or ".join(text.english for text in near)
    )
    return replace(fault, advice=MEANT.format(words=words, else_=fault.advice))


def _resolvable(fault: Fault, code_list: str, words: str, origin: Origin) -> Fault:
    """Return the fault with its list, when the post can say once what the words stand for."""
    if (
        origin.post not in reference.codes("post")
        or max(len(words), len(normal(words))) > LONGEST_WORDS
        or personal_cell(words)
    ):
        return fault
    return replace(fault, code_list=code_list)
