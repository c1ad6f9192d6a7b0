"""The charts of imported statistics: totals, balance, products, treemap, one product and concentration. No widget."""
