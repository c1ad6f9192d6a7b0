"""A page of records: its table, filters and lenses."""
