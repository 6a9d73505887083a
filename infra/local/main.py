"""The commands of `./run`."""

import os
import shlex
import shutil
import sys
from typing import Annotated

import typer
from rich.table import Table

from infra.local import layout as layouts
from infra.local import packages, quality, sample, services, supervisor, system, tools, travel
from infra.local.layout import Layout
from infra.local.progress import console, say
from infra.local.trouble import Trouble

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": tools.HELP},
    help="闪光：在本机运行整个系统。不带命令时在前台运行，按 Ctrl-C 停止。"
    "环境变量 SHANGUANG_PORT 改端口（默认 8080），SHANGUANG_VAR 改状态目录（默认 ./var）。",
)


def run() -> None:
    """Run the command line; a `Trouble` is shown as its sentence and ends with 1."""
    try:
        app(prog_name="./run")
    except Trouble as trouble:
        console.print(str(trouble), style="red", markup=False)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def foreground(context: typer.Context) -> None:
    """在前台运行整个系统。"""
    if context.invoked_subcommand:
        return
    layout = layouts.here()
    if system.healthy(tools.running(layout)):
        _show(tools.running(layout), "系统已在运行")
        return
    try:
        with system.stopping_on_signals():
            _up(layout)
            say("按 Ctrl-C 停止。")
            system.follow(layout)
    except KeyboardInterrupt:
        say("")
    finally:
        system.down(layout)


@app.command()
def up() -> None:
    """在后台启动；已在运行时立即返回。"""
    layout = tools.running(layouts.here())
    if system.healthy(layout) and sample.loaded(layout):
        _show(layout, "系统已在运行")
        return
    _up(layouts.here())


@app.command()
def down() -> None:
    """停止本状态目录启动的全部进程，数据保留。"""
    if not system.down(layouts.here()):
        say("系统没有在运行。")


@app.command()
def status() -> None:
    """查看每个进程、每个队列和死信的数目；全部就绪时返回 0，否则返回 3。"""
    layout = tools.running(layouts.here())
    found = supervisor.programs(layout)
    if not found:
        say("系统没有在运行。")
        raise typer.Exit(3)
    table = Table("进程", "状态", "进程号", "已运行（秒）", "就绪")
    for program in found:
        name, _, kind = program.name.rpartition("-")
        ready = ("是" if services.ready(layout, name) else "否") if kind == "web" else ""
        table.add_row(program.name, program.state, str(program.pid or ""), str(program.seconds), ready)
    console.print(table)
    tools.beside(layout, "roster", services.command("shared.messaging.queues"))
    say(f"{layout.base_url}    {travel.describe(layout.clock)}")
    if not system.healthy(layout):
        raise typer.Exit(3)


@app.command()
def logs(
    service: Annotated[str, typer.Argument(help="服务或进程的名称，如 ballot、ballot-work、nginx；不写则全部")] = "",
    follow: Annotated[bool, typer.Option(help="继续显示新的日志")] = sys.stdout.isatty(),
    lines: Annotated[int, typer.Option("--lines", "-n", help="先显示最后几行")] = 40,
) -> None:
    """查看日志。"""
    layout = layouts.here()
    files = [file for file in sorted((layout.var / "log").glob("*.log")) if file.stem.startswith(service)]
    if not files:
        raise Trouble(f"没有“{service}”的日志。" if service else "还没有日志。")
    os.execvp("tail", ["tail", *(["-F"] if follow else []), "-n", str(lines), *map(str, files)])  # noqa: S606


@app.command()
def accounts() -> None:
    """列出示例账号。"""
    sample.show_accounts(layouts.here().accounts)


@app.command()
def env() -> None:
    """输出 export 语句：网址、消息服务器和每个服务的数据库。"""
    for name, value in services.outside(tools.made(layouts.here())).items():
        print(f"export {name}={shlex.quote(value)}")


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False) -> None:
    """停止并清空状态目录，全部数据将被删除。"""
    layout = layouts.here()
    if not layout.var.exists():
        say("没有可以清空的状态目录。")
        return
    if not (layout.var / "secrets").is_dir() and not (layout.var / "test").is_dir() and any(layout.var.iterdir()):
        raise Trouble(f"{layout.var} 不像是本系统的状态目录，没有删除。")
    if not yes:
        typer.confirm(f"将停止系统并删除 {layout.var} 中的全部数据，不能恢复。确定吗？", abort=True)
    for folder in {layout.var, *(path.parent for path in layout.var.rglob("supervisor.conf"))}:
        system.down(layouts.at(folder, layout.port))
    shutil.rmtree(layout.var)
    say("已清空。")


@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": tools.HELP})
def clock(word: Annotated[str, typer.Argument(help="+5d、+3h、-30m、2026-12-31 或 reset；不写则显示")] = "") -> None:
    """查看或拨动本机系统的时钟，让公示期等期限过去。"""
    layout = tools.made(layouts.here())
    if word:
        travel.set_clock(layout.clock, word)
    say(travel.describe(layout.clock))


@app.command(context_settings=tools.FREE)
def quarter(context: typer.Context) -> None:
    """演一个支部的一个季度，从通知开会到公布；--paper 用纸质选票，--mixed 电子与纸质并用。必要时先启动系统。"""
    layout = tools.running(layouts.here())
    if not (system.healthy(layout) and sample.loaded(layout)):
        _up(layouts.here())
        layout = tools.running(layouts.here())
    tools.replace(layout, "roster", services.command("infra.quarter", *context.args))


@app.command(context_settings=tools.FREE)
def year(context: typer.Context) -> None:
    """演一个支部和它的党总支的一年承诺，从提诺到评诺；可以写方案的名称，不写则四个方案各演一年。"""
    layout = tools.running(layouts.here())
    if not (system.healthy(layout) and sample.loaded(layout)):
        _up(layouts.here())
        layout = tools.running(layouts.here())
    tools.replace(layout, "roster", services.command("infra.year", *context.args))


app.command(context_settings=tools.TOOL)(tools.deadletters)
app.command(context_settings=tools.FREE)(tools.retell)
app.command(context_settings=tools.TOOL)(tools.keys)


@app.command(context_settings=tools.FREE)
def test(context: typer.Context) -> None:
    """安装测试所需并运行测试；可以写 pytest 的参数，只运行一部分。"""
    packages.ensure(packages.TESTING)
    sys.exit(quality.test(context.args))


@app.command()
def check() -> None:
    """检查写法、类型和模块之间的依赖。"""
    sys.exit(quality.check())


@app.command(context_settings=tools.FREE)
def bench(context: typer.Context) -> None:
    """测量性能；可以写 tests/bench 中一项的名称和它的参数，只做这一项。"""
    packages.ensure(packages.TESTING)
    sys.exit(quality.bench(context.args))


def _up(layout: Layout) -> None:
    packages.ensure(packages.SERVING)
    system.up(layout)
    _show(tools.running(layout), "系统已就绪")


def _show(layout: Layout, title: str) -> None:
    if layout.accounts.exists():
        sample.show_accounts(layout.accounts)
    say(f"[bold green]{title}[/bold green]：{layout.base_url}")
