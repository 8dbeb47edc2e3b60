"""The commands that start the house: serving, and the demo that plays itself."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

import click
import gevent
import segno
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from scoring import access, demo, wording
from scoring.access import first_start
from scoring.access.recognised import recogniser
from scoring.actions.setting_up import contests
from scoring.actions.site.demonstration import end_demo_beside_own
from scoring.actions.site.factors import reset_factor
from scoring.actions.site.first_start import add_first_administrator, has_accounts
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.altered import altered_records, begin_to_look, look_over
from scoring.commands import copies, door_code, duties, first_account, securing, starting
from scoring.commands.acceptance import accept_changes
from scoring.credentials.passwords import POLICIES
from scoring.extensions import db, socketio
from scoring.jobs.queue import JOBS, Jobs
from scoring.live import broadcaster, tablets
from scoring.pages.rendering import make_templates_ready
from scoring.rules.refusal import Problem, Refused
from scoring.services import WATCHDOG
from scoring.serving import autoplay
from scoring.store import Account, steady
from scoring.store.demonstration import own_official
from scoring.store.installation import is_separated
from scoring.store.ledger import signature_of
from scoring.store.people import ORGANIZER, ROLES
from scoring.store.prepared import make_statements_ready
from scoring.store.writer import WRITER, GroupWriter, InlineWriter, close_file
from scoring.transport import listener
from scoring.venue.addresses import LISTENS_AT, listens_here_only, served_at

#: Seconds after which what was noted for the log of access is stored.
ACCESS_BEAT = 5.0
#: Seconds between two looks whether a contest was opened beside the demo.
DEMO_BEAT = 2.0
#: Seconds between two records that are looked over; and how many times as long as that took, where it is more.
LOOKING_BEAT, LOOKING_SHARE = 1.0, 100


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    at_the_machine = (starting.accept_loss, accept_changes, duties.join_duties_here, door_code.door_code)
    for command in (serve, play, add_account, reset_second_factor, *at_the_machine, copies.backup, copies.restore):
        app.cli.add_command(command)


@click.command("serve")
@click.option("--host", default="0.0.0.0", show_default=True, help="Where to listen; 127.0.0.1: for this machine only.")
@click.option("--port", default=5000, show_default=True, help="Port to listen on; 0 takes any free one.")
@click.option("--demo", "with_demo", is_flag=True, help="Create the demo contest if there is no contest.")
@click.option("--fresh", is_flag=True, help="With --demo: delete this installation's data first.")
@click.option("--autoplay", "plays", is_flag=True, help="With --demo: also play all seats and the desk.")
@click.option("--tls", "by_tls", is_flag=True, help="Serve HTTPS by an authority of this installation's own.")
@click.option("--enrol-port", type=int, help="With --tls: where devices load the certificate [default: port + 1].")
def serve(
    host: str, port: int, with_demo: bool, fresh: bool, plays: bool, by_tls: bool, enrol_port: int | None
) -> None:
    """Bring the database up to date and serve until the process is ended."""
    stop = listener.Stop()
    starting.ask_for_descriptors()
    listening = securing.listen(host, port)
    current_app.config[LISTENS_AT] = host
    with ExitStack() as at_end:
        at_end.callback(_claim(fresh).close)
        starting.open_database(stop)
        perform(steady.begin)
        access.go_on_counting()
        secured = securing.secure(listening, host, enrol_port) if by_tls else None
        base_url = served_at(host, listening.getsockname()[1])
        _end_demo_beside_own()
        facts = _demo(base_url) if with_demo else None
        if not with_demo:
            demo.forget(demo.facts_file())
        starting.examine_and_tell()
        make_templates_ready(current_app)
        make_statements_ready(db.engine.dialect)
        _begin(current_app._get_current_object(), at_end)  # type: ignore[attr-defined]
        if with_demo:
            at_end.callback(gevent.spawn(_keep_demo_apart, current_app._get_current_object()).kill)  # type: ignore[attr-defined]
        _introduce(facts) if facts else _say_what_to_do(base_url)
        securing.say_who_may_listen(base_url, secured)
        if plays:
            at_end.callback(_autoplay().terminate)
        db.session.remove()  # what this context has read would keep the log from the file
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        serving = listener.Serving(recogniser(app), app.config["PROXIES"], secured, WATCHDOG.of(app))
        listener.serve_on(listening, app, socketio, stop, serving)


def _demo(base_url: str) -> dict[str, Any]:
    """The facts of the demo, made if there is none."""
    try:
        return demo.make(base_url, demo.facts_file())
    except Refused as refused:
        raise click.ClickException(starting.in_both(refused.problems[0])) from None


def _end_demo_beside_own() -> None:
    """Let nobody in with what the demo shows to everybody where a contest that counts is open; says so."""
    if own_official() and (names := perform(end_demo_beside_own)):
        click.echo(starting.in_both(Problem("demo_ended", "", {"names": ", ".join(names)})))


def _begin(app: Flask, at_end: ExitStack) -> None:
    """Start what works beside the answers, to be stopped in the opposite order, the file last."""
    at_end.callback(close_file)
    writer = GroupWriter(app)
    WRITER.put(app, writer)
    at_end.callback(_store_last_access, app)
    at_end.callback(writer.stop)
    keeping = (_keep_time, _keep_access_log, _keep_looking_over, tablets.keep_noting)
    for kept in [gevent.spawn(keep, app) for keep in keeping]:
        at_end.callback(kept.kill)
    at_end.callback(broadcaster.start(app).stop)
    jobs = Jobs(app, Path(app.config["INSTANCE"]) / "jobs")
    JOBS.put(app, jobs)
    at_end.callback(jobs.stop)


def _keep_time(app: Flask) -> None:
    """Store now and then how far the installation's own time has come, for the next start of the machine."""
    while True:
        gevent.sleep(steady.BEAT)
        try:
            with app.app_context():
                perform(steady.beat)
        except Exception:
            app.logger.exception("how far the time has come could not be stored; the next beat tries again")


def _keep_demo_apart(app: Flask) -> None:
    """Look now and then whether a contest of somebody's own was opened beside the demo, whose passwords are written."""
    apart = False
    while not apart:
        gevent.sleep(DEMO_BEAT)
        try:
            with app.app_context():
                _end_demo_beside_own()
                if apart := demo.forget_beside_others(demo.facts_file()):
                    click.echo(starting.in_both(Problem("demo_file_deleted")))
        except Exception:
            app.logger.exception(
                "whether other contests run beside the demo could not be read; the next beat tries again"
            )


def _store_last_access(app: Flask) -> None:
    """Store what was noted until the end: the loop does not run any more, and nobody else writes."""
    WRITER.put(app, InlineWriter(app))
    access.flush_access_log()


def _keep_access_log(app: Flask) -> None:
    """Store now and then what was noted of who came in and who was turned away."""
    while True:
        gevent.sleep(ACCESS_BEAT)
        try:
            with app.app_context():
                access.flush_access_log()
        except Exception:
            app.logger.exception("the log of access could not be stored; the next beat tries again")


def _keep_looking_over(app: Flask) -> None:
    """Hold the rows of one record after another against its newest entry, so that a change by hand is told of."""
    with app.app_context():
        begin_to_look()
    left: list[int] = []
    while True:
        began = monotonic()
        try:
            with app.app_context():
                if left:
                    look_over(left.pop())
                else:
                    left = [*altered_records()]
        except Exception:
            app.logger.exception("the rows could not be looked over; the next beat tries again")
        gevent.sleep(max(LOOKING_BEAT, LOOKING_SHARE * (monotonic() - began)))


@click.command("autoplay")
@click.option("--pace", default=6.0, show_default=True, help="Seconds for one contestant.")
@click.option("--turns", type=int, help="Stop after so many contestants.")
def play(pace: float, turns: int | None) -> None:
    """Play the demo that is being served: all judges and the desk, through real sockets."""
    facts = json.loads(demo.facts_file().read_text())
    click.echo(f"{autoplay.play(facts, pace, turns)} scores released")


@click.command("add-account")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default=ORGANIZER, show_default=True)
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@first_account.options
@click.password_option(help="Asked for if it is not given.")
@with_appcontext
def add_account(name: str, role: str, by: str, password: str, **chosen: str | None) -> None:
    """Add the account NAME, so that somebody can sign in at the desk; the password is changed at the first sign-in.

    With the first account the password policy, the second factor and the separation of duties are chosen, too. Where
    duties are separated, rights follow.
    """
    starting.open_database()
    rules = first_account.rules(chosen)
    try:
        access.check_new_password(name, password, rules=POLICIES[rules.policy] if rules else None)
        if rules:
            perform(add_first_administrator, name, access.kept_as(password), rules, starting.named(by), role)
        else:
            perform(contests.add_account, name, access.kept_as(password), role, starting.named(by), given=True)
    except Refused as refused:
        raise click.ClickException(wording.sentence(refused.problems[0])) from None
    if is_separated():
        click.echo(starting.in_both(Problem("rights_to_come", "", {"name": name})))


@click.command("reset-second-factor")
@click.argument("name")
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@with_appcontext
def reset_second_factor(name: str, by: str) -> None:
    """Take away the second factor of the account NAME, whose device and codes are lost; it sets up another one."""
    starting.open_database()
    account_id = db.session.scalar(select(Account.id).where(Account.name == name)) or 0
    try:
        perform(reset_factor, Actor(signature_of(starting.named(by))), account_id)
    except Refused as refused:
        raise click.ClickException(wording.sentence(refused.problems[0])) from None


def _claim(fresh: bool) -> TextIO:
    """The installation's lock, to be held while it is served; nobody starts over what another server is serving."""
    claim = starting.claim(alone=fresh)
    if fresh:
        _start_over()
    fcntl.flock(claim, fcntl.LOCK_SH)
    return claim


def _autoplay() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "autoplay"])


def _start_over() -> None:
    """Delete the embedded database and the documents; any other database is the organizer's own to delete."""
    db.engine.dispose()
    folder = Path(current_app.config["INSTANCE"])
    ends = ("db", "db-wal", "db-shm", "db-wal-kept", "acknowledged")
    for name in (*(f"saiping.{end}" for end in ends), "demo.json"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "documents", ignore_errors=True)


def _say_what_to_do(base_url: str) -> None:
    """Print where to sign in; where nobody has an account yet, the code that makes the first one."""
    click.echo("\n赛评 Saiping\n")
    if listens_here_only():
        _say_that_it_is_for_this_machine()
    if has_accounts():
        click.echo(f"  控制台 desk   {base_url}/desk/")
    else:
        click.echo("  首次启动：还没有账号。请打开下面的地址，用一次性代码创建第一个管理员账号。")
        click.echo("  First start: nobody has an account yet. Open this address and use the one-time code.\n")
        click.echo(f"  地址 address  {base_url}/desk/first-start")
        click.echo(f"  代码 code     {first_start.new_code()}\n")
        click.echo("  (or: flask --app wsgi add-account NAME --role administrator)")
    click.echo("  (end with Ctrl+C)\n")


def _say_that_it_is_for_this_machine() -> None:
    click.echo("  只有本机能打开；平板和手机连不上。要让它们连上，请去掉 --host 重新启动。")
    click.echo("  This machine only: no tablet or phone reaches it. Start without --host so that they do.\n")


def _introduce(facts: dict[str, Any]) -> None:
    """Print where to go and how to sign in, with a code for phones."""
    addresses, organizer = facts["addresses"], facts["organizer"]
    click.echo("\n赛评 Saiping\n")
    if listens_here_only():
        _say_that_it_is_for_this_machine()
    else:
        segno.make(addresses["leaderboard"], error="m").terminal(compact=True, border=2)
    click.echo(f"  观众 audience    {addresses['leaderboard']}")
    click.echo(f"  大屏 big screen  {addresses['screen']}")
    click.echo(f"  组委会 organizer {addresses['desk']}")
    click.echo(f"                   name {organizer['name']}   password {organizer['password']}")
    click.echo(f"  评委 judge       {addresses['judge']}   座席码 seat codes:")
    pins = "   ".join(f"{seat['number']}: {seat['pin']}" for seat in facts["seats"])
    click.echo(f"                   {pins}")
    click.echo("  演示不启用双重验证和三员分设，正式使用时首次启动会询问。")
    click.echo("  The demo asks for no second factor and separates no duties; a first start asks about both.")
    click.echo(f"  (the same facts are in {demo.facts_file()}; end with Ctrl+C)\n")
