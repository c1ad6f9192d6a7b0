"""Leaving for the web: an address from a record is opened only after a person has seen where it leads.

The program itself has no network; it asks the system's browser. What is no plain http or https address with a host is
refused, since the text of an address comes from files of others.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from azcn_desktop.gui.messages import plain_box
from azcn_desktop.records.kinds import Url

_KIND = Url(2_000)


def real_host(address: str) -> str:
    """Return scheme and host of an address in plain letters: look-alike letters show as `xn--`.

    Raises:
        ValueError: with a sentence, when the address must not be opened.
    """
    problem = _KIND.check("url", {"url": address})
    if problem:
        raise ValueError(problem)
    parts = urlsplit(address)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("The name of the site in this address can't be read.") from None
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme.lower()}://{host}{port}"


class AddressDialog:
    """Asks what to do with an address: open it in the browser, copy it, or nothing.

    Attributes:
        box: the question; it deletes itself when it is closed.
    """

    def __init__(self, address: str, parent: QWidget) -> None:
        self._address = address
        self.box = plain_box(parent, _tr("Open a page of the web"), "")
        self.box.setObjectName("dialog-address")
        try:
            host = real_host(address)
        except ValueError as error:
            self.box.setText(_tr("This address is not opened: {}").format(error))
        else:
            self.box.setText(_tr("Open this page in your browser?\n\n{}").format(host))
            self.box.setInformativeText(address)
            self.open_button = self.box.addButton(_tr("Open in browser"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
            self.open_button.setObjectName("button-open-address")
            self.open_button.clicked.connect(self.on_open_clicked)
        self.copy_button = self.box.addButton(_tr("Copy address"), QtWidgets.QMessageBox.ButtonRole.ActionRole)
        self.copy_button.setObjectName("button-copy-address")
        self.copy_button.clicked.connect(self.on_copy_clicked)
        self.box.setDefaultButton(self.box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel))
        self.box.finished.connect(self.box.deleteLater)

    def open(self) -> None:
        """Ask, without waiting for the answer."""
        self.box.open()

    def on_open_clicked(self) -> None:
        """Hand the address to the system's browser."""
        QtGui.QDesktopServices.openUrl(QtCore.QUrl(self._address, QtCore.QUrl.ParsingMode.StrictMode))

    def on_copy_clicked(self) -> None:
        """Put the address on the clipboard."""
        QApplication.clipboard().setText(self._address)


def _tr(text: str) -> str:
    return QCoreApplication.translate("web_address", text)
