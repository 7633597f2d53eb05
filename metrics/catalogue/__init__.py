"""Every metric, by name, in the order in which they are shown."""

from metrics.catalogue import (
    agencies,
    agency_watch,
    backlog,
    case_quality,
    cases,
    concentration,
    demand,
    filling,
    flow,
    growth,
    guidance,
    intake,
    legalisation,
    money,
    open_ages,
    open_vacancies,
    opportunity,
    outcomes,
    outlook,
    quality,
    registration,
    reopening,
    reporting,
    resolution,
    response,
    shelter,
    standing,
    targets,
    within_days,
    workers,
    workload,
)
from metrics.metric import Metric
from metrics.text import Text

# What the metrics are about, and in which modules they stand
SUBJECTS = {
    Text("Kasus", "Cases"): (cases, intake, flow, backlog, open_ages),
    Text("Waktu penyelesaian", "Resolution time"): (
        resolution,
        within_days,
        outcomes,
        response,
        reopening,
    ),
    Text("Perbandingan pos", "Comparison of posts"): (standing,),
    Text("PMI dan tugas pos", "Workers and duties of the posts"): (
        workers,
        registration,
        workload,
        shelter,
        legalisation,
        guidance,
        money,
    ),
    Text("Mitra", "Agencies"): (agencies, agency_watch),
    Text("Permintaan tenaga kerja", "Demand for workers"): (
        demand,
        open_vacancies,
        filling,
        growth,
        concentration,
        opportunity,
        outlook,
    ),
    Text("Sasaran dan pelaporan", "Targets and reporting"): (targets, reporting),
    Text("Mutu data", "Quality of the data"): (quality, case_quality),
}
METRICS: dict[str, Metric] = {
    metric.name: metric
    for modules in SUBJECTS.values()
    for module in modules
    for metric in module.METRICS
}
