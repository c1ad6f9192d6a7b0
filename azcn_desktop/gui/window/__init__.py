"""The main window: bars, sidebar, status line, menus, and what their actions do."""
