"""Published figures side by side: conflicts and audit."""
