#!/usr/bin/env python3
"""Starts nginx and the delayed line, measures the clients side by side, and writes the report.

usage: run.py --quick|--default|--full PROGRAMS FOLDER

PROGRAMS has the programs side_by_side and delay_proxy. FOLDER has the counts.json of counts.py and gets the report of
report.py. A failed call ends the run, and nothing is written.
"""
import contextlib
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import report

HERE = pathlib.Path(__file__).resolve().parent
SYSTEM_CA_CERTIFICATES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
ONE_WAY_US = 10_000
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/sbin") or "nginx"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextlib.contextmanager
def running(command, ports):
    """Starts a server, waits until it listens at all ports, and ends it afterwards."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        for port in ports:
            wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port, process):
    for _ in range(1000):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} does not start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.01)
    sys.exit(f"{process.args[0]} does not listen")


def prepare_nginx(folder, kept, short_idle, closing):
    """Writes its files. Clients load the system's CA certificates as well, since that takes time in real programs, too."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem",
         "-out", folder / "certificate.pem"], check=True, stderr=subprocess.DEVNULL)
    (folder / "ca.pem").write_bytes(SYSTEM_CA_CERTIFICATES.read_bytes() + (folder / "certificate.pem").read_bytes())
    shutil.copy(HERE / "nginx_routes.conf", folder / "routes.conf")
    text = (HERE / "nginx.conf").read_text()
    values = {"KEPT": kept, "SHORT_IDLE": short_idle, "CLOSING": closing, "RESET": int(time.time()) + 3599}
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    (folder / "nginx.conf").write_text(text)


def machine():
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    version = subprocess.run([NGINX, "-v"], check=True, capture_output=True, text=True).stderr
    return {
        "processor": processor.group(1) if processor else platform.machine(),
        "cores": os.cpu_count(),
        "kernel": f"{platform.release()} {platform.machine()}",
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "nginx": re.search(r"nginx/\S+", version).group(),
        "load_before": os.getloadavg()[0],
    }


def measure(mode, programs):
    start = {"started": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "mode": mode.lstrip("-")}
    here = machine()
    ports = free_ports(6)
    servers, delayed = ports[:3], ports[3:]
    pairs = [f"{port}:{server}" for port, server in zip(delayed, servers)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare_nginx(folder, *servers)
        with running([NGINX, "-p", f"{name}/", "-c", "nginx.conf", "-e", "error.log"], servers), \
                running([programs / "delay_proxy", str(ONE_WAY_US), *pairs], delayed):
            command = [programs / "side_by_side", mode, folder / "ca.pem", *map(str, [servers[0], *delayed])]
            # A client could find a proxy there, and a way around the delayed line.
            environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(done.returncode)
    measured = json.loads(done.stdout)
    return {**start, **measured, "machine": {**here, **measured["machine"]}}


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[3])
    if not (folder / "counts.json").exists():
        sys.exit(f"counts.json is missing in {folder}: run counts.py first")
    report.write(measure(sys.argv[1], pathlib.Path(sys.argv[2])), folder)
