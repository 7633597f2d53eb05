"""Which rows of a sheet break a rule, and which stand more than once."""

import polars as pl

from data_access.fields import Sheet
from data_access.intake.checks.rule import Rule
from data_access.intake.findings import NOTHING_TO_DO, Finding
from data_access.intake.reading.converting import Converted, schema
from metrics.text import Text

TWICE = Text("ditulis lebih dari sekali dengan isi berbeda", "stands more than once, differently")
KEEP_ONE = Text("Sisakan satu baris yang benar.", "Keep the one right row.")
SAME_TWICE = Text("ditulis lebih dari sekali, diambil sekali", "stands more than once, taken once")


def broken(sheet: Sheet, rule: Rule, result: Converted) -> list[Finding]:
    """Return the rows that break a rule; rows whose cells could not be read are left alone."""
    unreadable = set().union(*(result.faulty.get(name, set()) for name in rule.fields()))
    hit = result.rows.filter(rule.broken).select("row", pl.col(rule.at).cast(pl.String))
    hits = [(row, value or "") for row, value in hit.iter_rows() if row not in unreadable]
    if rule.severity == "warning" and len(hits) > 1:
        groups = [(tuple(row for row, _ in hits), "")]
    else:
        groups = [((row,), value) for row, value in hits]
    return [
        Finding(
            sheet=sheet.name,
            code=rule.code,
            reason=rule.reason,
            advice=rule.advice,
            severity=rule.severity,
            rows=rows,
            column=result.letters.get(rule.at, ""),
            also=tuple(
                result.letters[name]
                for name in sorted(rule.fields() - {rule.at})
                if name in result.letters
            ),
            heading=sheet.field(rule.at).label,
            value=value,
        )
        for rows, value in groups
    ]


def once(sheet: Sheet, result: Converted) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the rows with each key once, and what is to be said about keys that stand twice."""
    key = [name for name in sheet.key if name in schema(sheet)]
    if not key:
        return result.rows, []
    unreadable = set().union(*(result.faulty.get(name, set()) for name in key))
    rows = result.rows.with_columns(known=~pl.col("row").is_in(list(unreadable)))
    double = rows.filter(pl.col("known") & pl.struct(key).is_duplicated())
    fields = pl.struct(list(schema(sheet)))
    findings, extra = [], []
    for values, group in double.group_by(key, maintain_order=True):
        if group.height < 2:
            continue
        same = group.select(fields.n_unique()).item() == 1
        extra += list(group["row"])[1:] if same else []
        findings.append(
            Finding(
                sheet=sheet.name,
                code="W-DUP" if same else "E-DUP",
                reason=SAME_TWICE if same else TWICE,
                advice=NOTHING_TO_DO if same else KEEP_ONE,
                severity="warning" if same else "error",
                rows=tuple(group["row"]),
                heading=sheet.field(key[0]).label,
                value=" / ".join(str(value) for value in values if value is not None),
            )
        )
    return result.rows.filter(~pl.col("row").is_in(extra)), findings
