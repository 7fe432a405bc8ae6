"""Asks at the terminal device, never at standard input. The only module that knows questionary."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from selectors import SelectSelector
from types import FrameType, TracebackType
from typing import Any, Self

import questionary
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples, to_formatted_text
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from questionary.prompts.common import InquirerControl

from cvi_trakt.choices import Answer, LookUp, Question, SearchFor
from cvi_trakt.errors import NoTerminalError
from cvi_trakt.menus import PAGE, Menu, MenuEntry, TurnTo, TypeId, TypeWords, menu_of, page_size
from cvi_trakt.plain_prompt import PlainPrompt
from cvi_trakt.readings import files_of, readings_of
from cvi_trakt.signals import heard_by
from cvi_trakt.terminal_device import GONE, TerminalDevice, open_device
from cvi_trakt.visible import clean, cut, cut_start, width

DUMB = ("dumb", "unknown")  # terminals that print and can do no more
STYLE = questionary.Style([("pointer", "bold"), ("highlighted", "bold")])
HINT = "(arrows or a key, then Enter)"


class Terminal:
    """The terminal that the person sits at; a context manager.

    Every question raises ``KeyboardInterrupt`` on Ctrl-C, and ``NoTerminalError`` when the terminal
    goes away. Texts may come from file names and Trakt: they are made safe here.
    """

    def __init__(self, device: TerminalDevice, *, color: bool, term: str) -> None:
        self._device = device
        self._depth = None if color else ColorDepth.DEPTH_1_BIT
        self._term = term
        self._plain = PlainPrompt(device) if term in DUMB else None

    @classmethod
    def open(cls, *, color: bool, term: str = "") -> Self:
        """Open the terminal device; ``term`` is its type, as ``TERM`` has it. Raises ``NoTerminalError``."""
        return cls(open_device(), color=color, term=term)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the device go."""
        self._device.close()

    def say(self, *lines: str) -> None:
        """Print lines. Raises ``NoTerminalError``."""
        self._device.write("".join(clean(line) + "\n" for line in lines))

    def choose(self, question: Question) -> Answer:
        """Ask which candidate a work is."""
        self._forget_typed()
        file = cut_start(clean(files_of(question.work)), self._columns() - width(question.place))
        read = readings_of(question.work, told=question.notes, is_sure=question.sure is not None)
        above = (f"{question.place}{file}", *(cut(clean(one), self._columns()) for one in read), *question.notes)
        self.say("", *above)
        size = PAGE if self._plain is not None else page_size(question, self._device.size()[0] - len(above))
        page = 0
        while True:
            menu = menu_of(question, page, size)
            chosen = self._pick(menu)
            match chosen.means:
                case TurnTo():
                    page = chosen.means.page
                case TypeWords():
                    words = self._text("Search for:", default=question.words or question.work.title)
                    if words:
                        return SearchFor(words=words)
                case TypeId():
                    text = self._text("Id or url (Trakt, IMDb, TMDB, TVDB):")
                    if text:
                        return LookUp(text=text)
                case _:
                    self.say(cut(clean(f"{menu.message} {chosen.line}"), self._columns()))
                    return chosen.means
            self._forget_typed()  # what comes now is another list

    def text(self, message: str, *, default: str = "") -> str:
        """Ask for a line of text, without the space around it; Ctrl-D gives an empty one."""
        self._forget_typed()
        return self._text(message, default=default)

    def _text(self, message: str, *, default: str = "") -> str:
        message, default = clean(message), clean(default)
        if self._plain is not None:
            return self._plain.text(message, default)
        return _typed(self._ask(lambda edges: questionary.text(message, default, **edges)))

    def secret(self, message: str) -> str:
        """Ask for a line that is not shown, without the space around it; Ctrl-D gives an empty one."""
        self._forget_typed()
        if self._plain is not None:
            return self._plain.secret(clean(message))
        return _typed(self._ask(lambda edges: questionary.password(clean(message), **edges)))

    def confirm(self, message: str, *, default: bool) -> bool:
        """Ask yes or no: a letter and Enter; Enter alone takes the default."""
        message = clean(message)
        self._forget_typed()
        if self._plain is not None:
            return self._plain.confirm(message, default=default)
        while True:
            # with auto_enter a person's Enter after the letter would answer the next question
            answer = self._ask(lambda edges: questionary.confirm(message, default, auto_enter=False, **edges))
            if answer is not None:
                return bool(answer)

    def _forget_typed(self) -> None:
        """Throw away what was typed before a question was there to be read: it cannot be the answer to it."""
        clear_typeahead(Vt100Input(self._device.reader))
        self._device.forget_typed()

    def _pick(self, menu: Menu) -> MenuEntry:
        if self._plain is not None:
            return self._plain.pick(menu)
        key = self._ask(lambda edges: _select(menu, self._columns, edges))
        return next(one for one in menu.entries if one.key == key)

    def _ask(self, build: Callable[[dict[str, Any]], questionary.Question]) -> Any:
        """Ask one question; None is Ctrl-D. The device is in raw mode only while the question is open."""
        source = Vt100Input(self._device.reader)
        # no cursor position requests: where nothing answers them, the answer's bytes would be typed later
        output = Vt100_Output(
            self._device.writer,
            lambda: Size(*self._device.size()),
            term=self._term,
            default_color_depth=self._depth,
            enable_cpr=False,
        )
        try:
            # a loop of our own, since macOS cannot watch /dev/tty with its default one
            with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SelectSelector())) as runner:
                return runner.run(_answer(build({"input": source, "output": output, "style": STYLE})))
        except EOFError:
            if source.closed:
                raise NoTerminalError(GONE) from None
            return None
        except OSError as error:
            raise NoTerminalError(GONE) from error

    def _columns(self) -> int:
        return self._device.size()[1] - 1  # text in the last column makes some terminals begin a new line


async def _answer(question: questionary.Question) -> Any:
    """Wait for the answer.

    A signal that ends the program takes effect once the terminal is as it was, not in the midst of
    a drawing. When the program goes on after it was stopped, the question is drawn anew.
    """
    loop, task, came = asyncio.get_running_loop(), asyncio.current_task(), list[int]()
    application = question.application

    def hold(number: int, _: FrameType | None) -> None:
        came.append(number)
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    def draw_again() -> None:
        application.input.raw_mode().__enter__()
        application.renderer.clear()
        application.invalidate()

    loop.add_signal_handler(signal.SIGCONT, draw_again)
    try:
        with heard_by(hold, (signal.SIGTERM, signal.SIGHUP)):
            return await question.unsafe_ask_async()
    finally:
        loop.remove_signal_handler(signal.SIGCONT)
        if came:
            signal.raise_signal(came[0])


class _Numbered(questionary.Choice):
    """A choice that is printed as the guide prints it: ``0. Skip``."""

    def get_shortcut_title(self) -> str:
        return f"{self.shortcut_key}. "


def _select(menu: Menu, columns: Callable[[], int], edges: dict[str, Any]) -> questionary.Question:
    """Build a list of choices; what is told of the one that is pointed at stands below it."""
    head = menu.message.fit(columns() - 4)  # beside questionary's own mark and spaces
    asked = questionary.select(
        head,
        [_Numbered(one.line.fit(columns() - 6), one.key, shortcut_key=one.key) for one in menu.entries],
        instruction=HINT if width(head + HINT) < columns() - 3 else " ",
        use_shortcuts=True,
        use_jk_keys=False,
        erase_when_done=True,
        **edges,
    )
    (shown,) = (one for one in asked.application.layout.find_all_controls() if isinstance(one, InquirerControl))
    shown.pointed_at = [one.key for one in menu.entries].index(menu.preselected)
    lines = shown.text

    def with_details() -> StyleAndTextTuples:
        details = menu.entries[shown.pointed_at].details
        return [*to_formatted_text(lines), *(("", "\n" + cut(f"      {clean(one)}", columns())) for one in details)]

    shown.text = with_details
    given = asked.application.key_bindings
    asked.application.key_bindings = merge_key_bindings([_no_other_keys(), *([given] if given else [])])
    return asked


def _no_other_keys() -> KeyBindings:
    """Let a signal end a list, a line feed be Enter, and what means nothing there, such as pasted text, do nothing."""
    bindings = KeyBindings()

    @bindings.add(Keys.Any, eager=True)
    def ignore(_: KeyPressEvent) -> None:
        return

    @bindings.add(Keys.ControlJ, eager=True)  # an Enter that was typed before the question was there
    def enter(event: KeyPressEvent) -> None:
        event.key_processor.feed(KeyPress(Keys.ControlM), first=True)

    @bindings.add(Keys.SIGINT, eager=True)
    def stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    return bindings


def _typed(answer: Any) -> str:
    """Give what was typed, or pasted in several lines; bytes in it that are no text cannot be sent to Trakt."""
    return " ".join(str(answer or "").strip().splitlines()).encode("utf-8", "replace").decode()
