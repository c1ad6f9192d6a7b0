"""Small parts that any screen may use: labels, chips, icons, the dialog of a running job."""
