"""Runner: carries out a deed of a guided lesson, waiting for the program where the deed waits, until a person acts."""

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.guide.actions import Deed, LetGo, Rest, Until


class Runner(QObject):
    """Runs one deed at a time. Whatever a person does with the program's own controls meanwhile wins."""

    started = Signal()
    progressed = Signal(float)  # 0 to 1, of what is waited for
    finished = Signal(bool)  # True: done; False: let go before

    def __init__(self, changed: tuple[SignalInstance, ...], taken_over: SignalInstance, parent: QObject) -> None:
        """Look again whenever one of the signals ``changed`` is sent, and let go with ``taken_over``."""
        super().__init__(parent)
        self._deed: Deed | None = None
        self._waiting: Until | Rest | None = None
        #: Whether the deed is just doing something; it can be closed only while it waits.
        self._stepping = False
        # A signal can come from the middle of something: look when that is through, and once for many of them.
        self._look = QTimer(self, interval=0, singleShot=True)
        self._look.timeout.connect(self._go_on)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._end_rest)
        for signal in changed:
            signal.connect(self._notice)
        taken_over.connect(self.let_go)

    @property
    def running(self) -> bool:
        """Whether a deed is under way."""
        return self._deed is not None

    def run(self, deed: Deed) -> None:
        """Carry out ``deed``, in the place of one that is under way."""
        self.let_go()
        self._deed = deed
        self.started.emit()
        self._advance()

    def let_go(self) -> None:
        """Leave the deed where it is; the program stays as it is."""
        if self._deed is not None:
            self._end(done=False)

    def _notice(self, *_: object) -> None:
        if self._deed is not None and isinstance(self._waiting, Until):
            self._look.start()

    def _go_on(self) -> None:
        if self._deed is None or not isinstance(self._waiting, Until):
            return
        if self._waiting.done():
            self._advance()
        elif self._waiting.progress is not None:
            self.progressed.emit(min(1.0, max(0.0, self._waiting.progress())))

    def _end_rest(self) -> None:
        if self._deed is not None:
            self._advance()

    def _advance(self) -> None:
        """Go on to the next thing to wait for that has not come yet."""
        assert self._deed is not None
        deed = self._deed
        while True:
            waiting, done = None, False
            self._stepping = True
            try:
                waiting = next(deed)
            except StopIteration:
                done = True
            except LetGo:
                pass
            except BaseException:
                self._stepping = False
                self._end(done=False)  # a bug must not leave a button that can only stop
                raise
            self._stepping = False
            if self._deed is not deed:  # what it did has led to its being let go
                deed.close()
                return
            if waiting is None:
                self._end(done)
                return
            self._waiting = waiting
            if isinstance(waiting, Rest):
                self._rest.start(round(1000 * waiting.seconds))
                return
            if not waiting.done():
                return

    def _end(self, done: bool) -> None:
        deed, self._deed = self._deed, None
        self._waiting = None
        self._look.stop()
        self._rest.stop()
        if deed is not None and not self._stepping:
            deed.close()
        self.finished.emit(done)
