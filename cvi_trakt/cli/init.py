"""``init``: from nothing to a dry run, asking step by step."""

from __future__ import annotations

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command
from cvi_trakt.errors import ExitCode, NoTerminalError
from cvi_trakt.settings import APPS_PAGE

WITHOUT_TERMINAL = f"""\
init asks questions, and there is no terminal to ask at. Do this instead:
  1. Set CVI_TRAKT_CLIENT_ID and CVI_TRAKT_CLIENT_SECRET, or run `make secrets-init` and fill in the two files.
     An app's id and secret: {APPS_PAGE}
  2. Sign in: cvi-trakt auth (it prints an address and a code, and waits)
  3. See what would be added: cvi-trakt scan FOLDER -o scan.json, then cvi-trakt sync scan.json --dry-run"""


@click.command("init", cls=Command, short_help="Set everything up, step by step.")
@click.pass_obj
def command(app: App) -> ExitCode:
    """Set everything up, step by step: app, sign-in, folder, a dry run.

    Every step can be skipped. The answers go into the settings file that --config or CVI_CONFIG name, else into
    the user's own.
    """
    from cvi_trakt.cli.setting_up import SettingUp

    app.may_be_new = True
    app.verbose = True  # a conversation: the dry run names every work
    try:
        with app.terminal() as terminal:
            SettingUp(app, terminal).run()
    except NoTerminalError as error:
        raise NoTerminalError(WITHOUT_TERMINAL) from error
    return ExitCode.OK
