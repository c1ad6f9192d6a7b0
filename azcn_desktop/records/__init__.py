"""What a record is: kinds of values, dates, declarations, changes. Pure: standard library only."""
