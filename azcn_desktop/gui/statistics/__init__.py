"""The statistics of the Trade page: a table over flows in millions, its filters, and what one flow says of itself."""
