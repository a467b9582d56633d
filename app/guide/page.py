"""StepPage: one step of a lesson, from its title to the judgement of the learner's prediction."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.guide.deed_button import DeedButton
from app.guide.guide import Guide
from app.guide.lesson_text import Predict
from app.guide.option_button import OptionButton
from app.guide.prose import TitleLabel, WrappedLabel, paragraph_label
from app.guide.records import Action
from app.guide.verdict import Verdict
from app.look.fonts import strong
from app.look.theme import Theme


class StepPage(QWidget):
    """Shows the step at which ``guide`` is, as it stands when the page is made."""

    asked = Signal(object, bool)  # a tuple of actions, and whether they settle the prediction
    stop_pressed = Signal()
    predicted = Signal(int)

    def __init__(self, guide: Guide, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step = guide.step
        self._theme = theme
        self.title = TitleLabel(step.title, self)
        self.buttons: list[DeedButton] = []
        self.options: dict[int, OptionButton] = {}
        self.verdict: Verdict | None = None
        #: The number of the button whose deed is going on.
        self.running: int | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 3, 4)
        self._column.setSpacing(7)
        self._column.addWidget(self.title)
        for paragraph in step.text:
            self._column.addWidget(paragraph_label(paragraph, theme, self))
        if step.button:
            hint = self.tr("Sets the program to this moment. You can look around and change things at any time.")
            self._add_button(step.button, hint, step.actions, settles=False)
        if step.predict is not None:
            self._add_question(guide, step.predict)
        self._column.addStretch(1)

    def _add_question(self, guide: Guide, predict: Predict) -> None:
        question = WrappedLabel(predict.question, self)
        question.setStyleSheet(f"font-weight: {strong().value};")
        self._column.addSpacing(2)
        self._column.addWidget(question)
        group = QButtonGroup(self)
        answers = QVBoxLayout()
        answers.setSpacing(3)
        for number, text in enumerate(predict.options):
            if guide.settled and number not in (guide.answer, predict.right):
                continue  # what was neither chosen nor right leaves its room to the answer
            option = OptionButton(text, self._theme, self)
            option.setToolTip(self.tr("Your prediction; you can change it until it is tried."))
            option.setChecked(number == guide.answer)
            if guide.settled:
                option.judge(number == predict.right)
            group.addButton(option, number)
            answers.addWidget(option)
            self.options[number] = option
        self._column.addLayout(answers)
        group.idToggled.connect(self._choose)
        if predict.actions or not guide.settled:
            self._add_button(predict.button, self._hint(predict), predict.actions, settles=True)
            self.buttons[-1].button.setEnabled(guide.answer is not None)
        if guide.settled:
            self.verdict = Verdict(predict, guide.answer == predict.right, self._theme, self)
            self._column.addWidget(self.verdict)

    def _choose(self, option: int, chosen: bool) -> None:
        if chosen:
            self.predicted.emit(option)

    def _hint(self, predict: Predict) -> str:
        if predict.actions:
            return self.tr("Runs it, and then judges your prediction. Choose one first.")
        return self.tr("Judges your prediction. Choose one first.")

    def _add_button(self, label: str, hint: str, actions: Sequence[Action], *, settles: bool) -> None:
        button = DeedButton(label, hint, self._theme, self)
        button.pressed.connect(lambda: self._ask(button, tuple(actions), settles))
        button.stop_pressed.connect(self.stop_pressed)
        self._column.addWidget(button)
        self.buttons.append(button)

    def _ask(self, button: DeedButton, actions: tuple[Action, ...], settles: bool) -> None:
        self.running = self.buttons.index(button)
        self.asked.emit(actions, settles)

    # --- how it goes

    def enable_check(self) -> None:
        """Let the prediction be tried, now that there is one."""
        if self.options:
            self.buttons[-1].button.setEnabled(True)

    def show_start(self, number: int | None) -> None:
        """Let button ``number`` stop what it has begun, and the other one wait."""
        self.running = number
        if number is not None:
            for other, button in enumerate(self.buttons):
                if other == number:
                    button.set_running(True)
                else:
                    button.wait(self.tr("Another button of this step is at work; stop it first."))

    def show_progress(self, share: float) -> None:
        """Show how far it is, from 0 to 1."""
        if self.running is not None:
            self.buttons[self.running].show_progress(share)

    def show_end(self) -> None:
        """Let both buttons begin again."""
        for button in self.buttons:
            button.set_running(False)
            button.wait("")
        self.running = None
