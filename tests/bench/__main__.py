"""`python -m tests.bench`: measure our server, Node's socket.io and the bare send loop in one go."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import fanout
from tests.bench.servers import DRIVER_CORE, ROOT

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """What the figures depend on besides our code."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    socket_io = json.loads((ROOT / "node_modules/socket.io/package.json").read_text())["version"]
    libraries = ("flask-socketio", "python-socketio", "python-engineio", "gevent")
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


def summary(figures: fanout.Figures) -> dict[str, Any]:
    """Medians, ratios and targets, ready to be written."""
    medians = {
        name: {server: round(statistics.median(values), 3) for server, values in servers.items()}
        for name, servers in figures.items()
    }
    targets = [
        {"figure": name, "of": of, "against": against, "ratio": round(fanout.ratio(figures, name, of, against), 3)}
        | {"target": most}
        for (name, of, against), most in fanout.RATIO_TARGETS.items()
    ]
    targets += [
        {"figure": name, "of": of, "value": medians[name][of], "target": most}
        for (name, of), most in fanout.VALUE_TARGETS.items()
    ]
    return {"medians": medians, "targets": targets}


def show(found: dict[str, Any]) -> None:
    """Print the medians and how they stand to the targets."""
    for name, servers in found["medians"].items():
        print(f"{name:36}" + "".join(f"{server:>8} {value:8.2f}" for server, value in servers.items()))
    for target in found["targets"]:
        value = target.get("ratio", target.get("value"))
        against = f" / {target['against']}" if "against" in target else ""
        verdict = "reached" if value <= target["target"] else "NOT reached"
        print(f"{target['figure']}: {target['of']}{against} {value:.2f}, target {target['target']:.2f}: {verdict}")


def main() -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--watchers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    os.sched_setaffinity(0, {DRIVER_CORE})
    before = os.getloadavg()
    found = summary(fanout.measure(options.watchers, options.rounds))
    show(found)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{date.today().isoformat()}.json"
    load = {"before": before, "after": os.getloadavg()}
    setting = {"machine": machine(), "load": load, "watchers": options.watchers, "rounds": options.rounds}
    path.write_text(json.dumps(setting | found, indent=2, ensure_ascii=False) + "\n")
    sys.stdout.write(f"written to {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
