"""Every metric, by name, in the order in which they are shown."""

from metrics.catalogue import agencies, backlog, cases, demand, reporting, resolution, workers
from metrics.metric import Metric

METRICS: dict[str, Metric] = {
    metric.name: metric
    for module in (cases, backlog, resolution, workers, agencies, demand, reporting)
    for metric in module.METRICS
}
