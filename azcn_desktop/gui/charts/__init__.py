"""Pictures on screen: what `azcn_desktop.charts` works out, painted. The only part that knows pyqtgraph."""
