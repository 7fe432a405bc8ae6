"""The command line: each command parses, calls, prints. ``main`` turns every error into a line and a number."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from cvi_trakt.errors import CviError, ExitCode, Terminated


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cvi-trakt``; gives the exit code."""
    return _run("cvi-trakt", argv)


def inspector_main(argv: Sequence[str] | None = None) -> int:
    """Run ``corrupt-video-inspector``, the same program under the guide's name; gives the exit code."""
    return _run("corrupt-video-inspector", argv)


def _run(name: str, argv: Sequence[str] | None) -> int:
    import click

    from cvi_trakt.cli.app import App
    from cvi_trakt.cli.root import program
    from cvi_trakt.console import clean, close_streams, make_streams_safe

    make_streams_safe()
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # not under nohup, which lets a run outlive its terminal
        signal.signal(signal.SIGHUP, _terminate)
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        # not through click's main(): it turns every signal into one Abort
        with program(name).make_context(name, list(arguments), obj=App()) as context:
            return int(context.command.invoke(context) or ExitCode.OK)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else name
        _complain(name, f"{clean(error.format_message())} Try `{where} --help`.")
        return error.exit_code
    except click.ClickException as error:
        _complain(name, clean(error.format_message()))
        return error.exit_code
    except CviError as error:
        _show_traceback(arguments)
        _complain(name, "\n".join(clean(line) for line in str(error).splitlines()))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        _complain(name, f"stopped: {stop}" if str(stop) else "stopped; what was done is kept")
        return ExitCode.TERMINATED if isinstance(stop, Terminated) else ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours is one line, too
        _show_traceback(arguments)
        _complain(name, f"internal error ({type(error).__name__}); run again with --debug and report what it says")
        return ExitCode.PARTIAL
    finally:
        close_streams()


def _complain(name: str, text: str) -> None:
    try:
        print(f"{name}: {text}", file=sys.stderr)  # noqa: T201 - the one place where errors meet the person
    except (OSError, ValueError):
        return


def _show_traceback(arguments: Sequence[str]) -> None:
    if "--debug" in arguments:
        import traceback

        traceback.print_exc()


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
