"""The errors that the program knows: sentences for a person, apart from bugs.

Whatever is raised from this family may be shown as it stands; any other exception is a bug and goes to the
crash dialog. The core raises, it never shows.
"""

from __future__ import annotations


class AzcnError(Exception):
    """Everything that the program raises on purpose."""


class UserError(AzcnError):
    """A sentence that says what happened, where, and what to do about it."""


class Refused(UserError):
    """A value that a record can't take.

    Attributes:
        problems: pairs of field name and sentence, in the order of the fields.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in problems))
        self.problems = problems


class Conflict(UserError):
    """The record on disk is not the one that was edited, or something still refers to it."""


class Busy(UserError):
    """Another program holds the file longer than a person should wait."""


class ReadOnly(UserError):
    """The file can be read but not written."""


class StoreTooNew(UserError):
    """The file was made by a newer version of this program."""


class NotOurFile(UserError):
    """The file is no AZCN database; the sentence says what it is."""


class AlreadyThere(UserError):
    """A new file would take the place of one; the name is taken."""


class Cancelled(AzcnError):
    """The person stopped a long task; nothing of it remains."""
