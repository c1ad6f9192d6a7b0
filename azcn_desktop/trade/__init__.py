"""Trade statistics: published file layouts, reading them, previewing and importing them in bulk."""
