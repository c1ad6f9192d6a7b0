"""A dialog that writes one file: in which format, where to, and whether what is there may be replaced.

What goes into the file is asked by the dialogs made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit

from azcn_desktop.gui.widgets.job_dialog import JobDialog


class TargetDialog(JobDialog):
    """The base of dialogs that write one file.

    A dialog of this kind calls `_make_target` and `_lay_out_target` while it is built, overrides `start` to write, and
    `files_at` where a target stands for several files.
    """

    def _make_target(
        self, name: str, formats: Iterable[tuple[str, tuple[str, str]]], first: str, stem: str
    ) -> None:  # fmt: skip
        """Make the choice of format and file.

        Args:
            name: begins the object names, as of the dialog.
            formats: what each is called in the core, with its ending and its label.
            first: the format that is proposed.
            stem: the name of the file that is proposed, without its ending.
        """
        self._formats = dict(formats)
        self._suffixes = {suffix: called for called, (suffix, _) in self._formats.items()}
        self._confirmed: Path | None = None
        self._format = QComboBox(self)
        self._format.setObjectName(f"{name}-format")
        self._format.setAccessibleName(self.tr("Format"))
        for called, (suffix, label) in self._formats.items():
            self._format.addItem(f"{label} ({suffix})", called)
        self._format.setCurrentIndex(self._format.findData(first))
        self._format.currentIndexChanged.connect(self._on_format_changed)
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = documents if documents.is_dir() else Path.home()
        self._target = QLineEdit(str(folder / f"{stem}{self._suffix}"), self)
        self._target.setObjectName(f"{name}-target")
        self._target.setAccessibleName(self.tr("File to write"))
        self._target.textChanged.connect(self._on_target_changed)
        self._browse = self._button(f"{name}-browse", self.tr("Browse…"), self.tr("Choose the file to write"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._icons.set(self._browse, "open")
        self._go.clicked.connect(self._on_go_clicked)

    def _lay_out_target(self, form: QGridLayout, row: int) -> None:
        """Put format and file into two rows of a form."""
        place = QHBoxLayout()
        place.setSpacing(self._theme.px(8))
        place.addWidget(self._target, 1)
        place.addWidget(self._browse)
        form.addWidget(self._caption(self.tr("Format"), self._format), row, 0)
        form.addWidget(self._format, row, 1, Qt.AlignmentFlag.AlignLeft)
        form.addWidget(self._caption(self.tr("File"), self._target), row + 1, 0)
        form.addLayout(place, row + 1, 1)

    def start(self, target: Path) -> None:
        """Write what is chosen to a file on the worker."""
        raise NotImplementedError

    def files_at(self, target: Path) -> Iterable[Path]:
        """Return the files that would be written for a target."""
        return (target,)

    def _reset_confirmation(self) -> None:
        """Ask anew before anything is replaced."""
        self._confirmed = None
        self._go.setText(self.tr("Export"))

    @property
    def _suffix(self) -> str:
        return self._formats[str(self._format.currentData())][0]

    def _on_go_clicked(self) -> None:
        text = self._target.text().strip()
        target = Path(text).expanduser()
        if not text:
            self._say(self.tr("Give the file a name."), "error")
        elif self._confirmed != target and any(file.is_file() for file in self.files_at(target)):
            self._confirmed = target
            self._go.setText(self.tr("Replace"))
            self._say(self.tr("{} exists already. Replace it, or choose another name.").format(target), "warning")
        else:
            self.start(target)

    def _on_browse_clicked(self) -> None:
        suffix, label = self._formats[str(self._format.currentData())]
        title = self.tr("{} to").format(self.windowTitle())
        name, _ = QFileDialog.getSaveFileName(self, title, self._target.text(), f"{label} (*{suffix})")
        if name:
            self._target.setText(name if Path(name).suffix.lower() in self._suffixes else name + suffix)
            self._confirmed = Path(self._target.text())

    def _on_format_changed(self) -> None:
        path = Path(self._target.text())
        if path.name:
            self._target.setText(str(path.with_suffix(self._suffix)))

    def _on_target_changed(self, text: str) -> None:
        self._reset_confirmation()
        named = self._suffixes.get(Path(text).suffix.lower())
        if named and named != self._format.currentData():
            self._format.blockSignals(True)
            self._format.setCurrentIndex(self._format.findData(named))
            self._format.blockSignals(False)
