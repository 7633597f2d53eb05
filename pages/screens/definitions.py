"""What every number means, from the catalogue; what was decided; whose figures are published."""

from pages.components import definitions

definitions.show()
