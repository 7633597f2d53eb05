"""Where: rates as colour, counts as circles; a click filters."""

from pages.components import filters, mapping

mapping.show(filters.selection())
