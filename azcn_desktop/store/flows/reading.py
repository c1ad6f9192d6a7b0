"""Reading flows, for a table of them: how many, in what order, the rows of a page, what follows from them.

One door to what its modules do. It imports numpy, which `whole_order` needs; where a start must not pay for that,
import `looking`, `rows` and the others themselves.
"""

from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.deriving import Derived, derive
from azcn_desktop.store.flows.facets import Facets, facets
from azcn_desktop.store.flows.looking import first_look, is_quick
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.rows import Flow, flows, vintages
from azcn_desktop.store.flows.sorting import whole_order

__all__ = [
    "Derived", "Facets", "Flow", "FlowOrder", "count", "derive", "facets", "first_look", "flows", "is_quick",
    "vintages", "whole_order",
]  # fmt: skip
