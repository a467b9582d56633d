"""The gradient check as a window beside the main one: what is checked, how far it is, a table, and a verdict."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.gradients.job import GradientJob
from app.gradients.report import DIFFERENCES, TENSORFLOW, GradientReport, tensorflow_installed
from app.look.fonts import number_font, scaled, strong
from app.look.icons import icon, icon_pixmap
from app.look.theme import LIGHT, Theme
from app.widgets.dialog_size import roomy
from app.widgets.value_text import with_minus
from backprop import Snapshot
from backprop.gradient_check import TOLERANCE, ParameterCheck

_SIGN = 22
_NUMBER_POINTS = 9.75


class GradientCheckDialog(QDialog):
    """Checks the gradients of one moment after another; closing it gives a check up. It is never modal."""

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradient-check")
        self.setWindowTitle(self.tr("Check gradients"))
        self.theme = theme
        self.job: GradientJob | None = None
        self.report: GradientReport | None = None
        self._sign_name = ""
        self._sign = QLabel()
        self.verdict = QLabel()
        self.verdict.setProperty("role", "title")
        self.verdict.setWordWrap(True)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.what = QLabel()
        self.what.setProperty("role", "soft")
        self.what.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the check"))
        keeps_its_place = self.progress.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps_its_place)
        self.table = self._make_table()
        self.notes = QLabel()
        self.notes.setProperty("role", "caption")
        self.notes.setWordWrap(True)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.clicked.connect(self._copy)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self._cancel_or_close)
        self._put_together()
        self.resize(self.sizeHint())

    def _put_together(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.what)
        column.addWidget(self.progress)
        column.addWidget(self.table, 1)
        column.addWidget(self.notes)
        column.addLayout(foot)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setAccessibleName(self.tr("What was checked"))
        heads = (
            (self.tr("Parameter"), self.tr("The array of weights or biases.")),
            (
                self.tr("Numbers\nchecked"),
                self.tr("How many numbers of the array were compared with central differences, drawn at random."),
            ),
            (
                self.tr("Largest relative error\nagainst {opinion}").format(opinion=_translated(DIFFERENCES)),
                self.tr(
                    "The largest relative error against (L(w + h) − L(w − h)) / 2h, which needs the forward pass only."
                ),
            ),
            (
                self.tr("Largest relative error\nagainst {opinion}").format(opinion=_translated(TENSORFLOW)),
                self.tr("The largest relative error of all numbers of the array against TensorFlow's GradientTape."),
            ),
        )
        for column, (text, hint) in enumerate(heads):
            item = QTableWidgetItem(text)
            item.setToolTip(hint)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            table.setHorizontalHeaderItem(column, item)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setStyleSheet("QTableView { border-radius: 8px; }")
        table.setTabKeyNavigation(False)
        table.verticalHeader().setVisible(False)
        _fit(table)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def sizeHint(self) -> QSize:
        return roomy(self, 660, 380)

    # --- what a person can ask for

    def check(self, snapshot: Snapshot) -> None:
        """Show the window, and check the gradients at a moment; a check under way is given up."""
        self.stop()
        self.report = None
        self.table.setRowCount(0)
        self.job = GradientJob(snapshot, self)
        self.job.progress.connect(self._show_progress)
        self.job.differences_known.connect(self._show_differences)
        self.job.finished.connect(self._show_report)
        self.job.failed.connect(self._show_failure)
        self.job.cancelled.connect(self._show_cancelled)
        self.what.setText(self._description(snapshot, self.job.samples))
        self._say("info", self.tr("Checking …"))
        self.notes.setText(self._absence_note())
        self._set_running(True)
        self.progress.setRange(0, 0)
        self.job.start()
        self.show()
        self.raise_()

    def stop(self) -> None:
        """Give a check up and wait for its thread; for the end of the program, too."""
        if self.job is not None:
            self.job.stop()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.theme = theme
        _fit(self.table)
        self._paint_sign()
        if self.report is not None:
            self._fill(self.report)

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    def _cancel_or_close(self) -> None:
        if self.job is not None and self.job.is_running:
            self.job.cancel()
        else:
            self.close()

    def _copy(self) -> None:
        if self.report is not None:
            text = "\n".join([self.what.text(), self.report.to_text(_translated)])
            QGuiApplication.clipboard().setText(text)

    # --- what is shown

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if done < total:
            self._say(
                "info",
                self.tr("Checking … {done} of {total} numbers").format(done=f"{done:,}", total=f"{total:,}"),
            )

    def _show_differences(self, report: GradientReport) -> None:
        self._fill(report)
        if tensorflow_installed():
            self.progress.setRange(0, 0)
            self._say("info", self.tr("Waiting for TensorFlow, which takes a few seconds to load …"))

    def _show_report(self, report: GradientReport) -> None:
        self.report = report
        self._fill(report)
        right = "check" if report.found_anything else "info"
        self._say(right if report.passed else "cross", with_minus(report.verdict(_translated)))
        bug = "" if report.passed else self.tr("Please report this as a bug, with the table that Copy gives you.")
        notes = [bug, self._absence_note(report), report.left_out(_translated)]
        self.notes.setText("\n".join(filter(None, notes)))
        self._set_running(False)

    def _show_failure(self, words: str) -> None:
        self._say("cross", words)
        self.notes.clear()
        self._set_running(False)

    def _show_cancelled(self) -> None:
        self._say("info", self.tr("The check was cancelled: nothing is known of the gradients of this moment."))
        self.table.setRowCount(0)
        self._set_running(False)

    def _description(self, snapshot: Snapshot, samples: int) -> str:
        cursor = snapshot.cursor
        if snapshot.phase is None:
            moment = self.tr("Checked at epoch {epoch}, batch {batch}, before the first phase")
        else:
            moment = self.tr("Checked at epoch {epoch}, batch {batch}, after {phase}")
        if samples < len(snapshot.rows):
            whole = self.tr("{moment}, with {samples} of the {count} samples of its batch, in float64.")
        else:
            whole = self.tr("{moment}, with the {count} samples of its batch, in float64.")
        phase = wording.phase(snapshot.phase) if snapshot.phase is not None else ""
        return whole.format(
            moment=moment.format(epoch=f"{cursor.epoch:,}", batch=f"{cursor.batch:,}", phase=phase),
            samples=f"{samples:,}",
            count=f"{len(snapshot.rows):,}",
        )

    def _set_running(self, running: bool) -> None:
        self.progress.setVisible(running)
        self.copy_button.setEnabled(self.report is not None)
        self.copy_button.setToolTip(
            self.tr("Copy the table with all details, and the verdict, as text.")
            if self.report is not None
            else self.tr("There is nothing to copy before the check is complete.")
        )
        self.close_button.setText(self.tr("Cancel") if running else self.tr("Close"))
        self.close_button.setToolTip(
            self.tr("Give this check up.") if running else self.tr("Close this window; the run is untouched.")
        )
        self.close_button.setDefault(not running)

    def _absence_note(self, report: GradientReport | None = None) -> str:
        """Return why TensorFlow says nothing, and how to change that."""
        if report is None and tensorflow_installed():
            return ""
        absence = (report or GradientReport([], None)).absence(_translated)
        if not absence:
            return ""
        return self.tr("{opinion}: {absence}").format(opinion=_translated(TENSORFLOW), absence=absence)

    def _say(self, sign: str, words: str) -> None:
        self._sign_name = sign
        self._paint_sign()
        self.verdict.setText(words)
        self.verdict.setAccessibleName(words)

    def _paint_sign(self) -> None:
        colour = {"check": self.theme.right, "cross": self.theme.wrong}.get(self._sign_name, self.theme.soft_text)
        if self._sign_name:
            edge = scaled(_SIGN)
            self._sign.setFixedSize(edge, edge)
            self._sign.setPixmap(icon_pixmap(self._sign_name, colour, edge, self.devicePixelRatioF()))

    def _fill(self, report: GradientReport) -> None:
        nobody: list[ParameterCheck | None] = [None] * len(report.differences)
        opinions = nobody if report.tensorflow is None else report.tensorflow
        coming = self.report is None and tensorflow_installed()
        self.table.setRowCount(len(report.differences))
        for row, (ours, theirs) in enumerate(zip(report.differences, opinions, strict=True)):
            checked = self.tr("{count} of {total}").format(count=f"{ours.checked:,}", total=f"{ours.total:,}")
            self._write(row, 0, ours.name)
            self._write(row, 1, checked)
            self._write_error(row, 2, ours)
            if theirs is None and coming:
                self._write(row, 3, "…")
            else:
                self._write_error(row, 3, theirs)

    def _write(self, row: int, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setFont(number_font(_NUMBER_POINTS))
        self.table.setItem(row, column, item)
        return item

    def _write_error(self, row: int, column: int, check: ParameterCheck | None) -> None:
        if check is None or not check.checked:
            self._write(row, column, "–")
            return
        item = self._write(row, column, with_minus(f"{check.relative_error:.1e}"))
        item.setIcon(icon("check", self.theme.right) if check.passed else icon("cross", self.theme.wrong))
        if not check.passed:
            font = QFont(item.font())
            font.setWeight(strong())
            item.setFont(font)
        words = (
            self.tr("right") if check.passed else self.tr("wrong: the limit is {limit}").format(limit=f"{TOLERANCE:g}")
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {words}")
        item.setToolTip(
            with_minus(
                self.tr("Largest at {name}{place}: ours {ours}, theirs {theirs}.").format(
                    name=check.name, place=list(check.index), ours=f"{check.ours:.9g}", theirs=f"{check.theirs:.9g}"
                )
            )
        )


def _fit(table: QTableWidget) -> None:
    """Give rows and icons the size of the text."""
    table.verticalHeader().setDefaultSectionSize(scaled(28))
    table.setIconSize(QSize(scaled(16), scaled(16)))


def _translated(text: str) -> str:
    return QCoreApplication.translate("GradientReport", text)
