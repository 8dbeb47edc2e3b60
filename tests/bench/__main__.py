"""`./dev bench [part …]`: measure our server, Node's socket.io and the bare send loop in one go; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import beside, fanout, first_page, flood, growth, hall, intake, page, release, sheets, soak
from tests.bench.figures import medians
from tests.bench.servers import DRIVER_CORE, ROOT

RESULTS = Path(__file__).parent / "results"
PARTS: dict[str, Any] = {
    "fanout": fanout,
    "beside": beside,
    "hall": hall,
    "sheets": sheets,
    "intake": intake,
    "growth": growth,
    "first_page": first_page,
    "page": page,
    "release": release,
    "flood": flood,
    "soak": soak,
}
#: What takes so long that it is measured only by its name.
LONG = ("soak",)


def machine() -> dict[str, Any]:
    """What the figures depend on besides our code."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    socket_io = json.loads((ROOT / "node_modules/socket.io/package.json").read_text())["version"]
    libraries = ("flask-socketio", "python-socketio", "python-engineio", "gevent", "sqlalchemy")
    return {
        "processor": model[0].split(":", 1)[1].strip() if model else platform.processor(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "tcp": Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip(),
        "python": platform.python_version(),
        "node": node,
        "socket.io": socket_io,
        **{name: version(name) for name in libraries},
    }


def measured(name: str) -> dict[str, Any]:
    """What a part has found, ready to be written."""
    part, before = PARTS[name], os.getloadavg()
    figures = part.measure()
    targets = [target.to_data(figures) for target in part.TARGETS]
    return {"load": [before, os.getloadavg()], "medians": medians(figures), "targets": targets}


def show(found: dict[str, Any]) -> None:
    """Print the medians and how they stand to the targets."""
    for name, servers in found["medians"].items():
        print(f"{name:44}" + "".join(f"{server:>14} {value:9.2f}" for server, value in servers.items()))
    for target in found["targets"]:
        against = f" / {target['against']}" if target["against"] else ""
        bound = next(f"{name} {target[name]}" for name in ("at most", "at least") if name in target)
        verdict = "reached" if target["reached"] else "NOT reached"
        print(f"  {target['figure']}: {target['of']}{against} {target['found']:.2f}, {bound}: {verdict}")
    sys.stdout.flush()


def main() -> None:
    """Measure the parts that are named, all but the soak where none is; print and write the results."""
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--length", type=float, default=soak.length, help="seconds of CPU of the soak")
    options = parser.parse_args()
    soak.length = options.length
    parts = options.parts or [name for name in PARTS if name not in LONG]
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    os.sched_setaffinity(0, {DRIVER_CORE})
    results = {}
    for name in parts:
        print(f"\n{name}: {PARTS[name].__doc__}")
        results[name] = measured(name)
        show(results[name])
    write({"machine": machine()}, results)


def write(setting: dict[str, Any], results: dict[str, Any]) -> None:
    """Write today's results; parts that were measured earlier today stay beside those of this run."""
    path = RESULTS / f"{date.today().isoformat()}.json"
    earlier = json.loads(path.read_text()).get("parts", {}) if path.exists() else {}
    text = json.dumps(setting | {"parts": earlier | results}, indent=2, ensure_ascii=False)
    RESULTS.mkdir(exist_ok=True)
    path.write_text(text + "\n")
    print(f"\nwritten to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
