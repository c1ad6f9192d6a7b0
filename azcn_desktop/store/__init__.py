"""The one way to a database file: the only package that knows SQL and sqlite-utils."""
