#!/usr/bin/env python3
"""The stand against its peers: requests per second of the server's own CPU time, and p99 under load.

    bench/stand.py [BUILD-DIR] [--seconds N] [--rounds N]

All peers answer the same request (keep-alive, Accept-Encoding: gzip) with the same body bytes and the same headers, in
turn, several rounds; what counts is the ratio within this run. nginx serves the gzip file by gzip_static, h2o by
send-compressed, both with their file caches; `microhttpd` is the library with one finished reply and no checks;
`epoll` is a bare loop that sends the bytes. Load comes from wrk; CPU time from /proc/PID/stat.
Needs: nginx, h2o, wrk. A peer that is not installed is left out and said so.
"""
import argparse, os, random, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time
import newsroom

CONNECTIONS = 64
SKIP = {"date", "content-length", "connection", "server"}


def page():
    """About 700 words of HTML, the same each time."""
    rng = random.Random(1)
    words = ["".join(rng.choice("aeioubcdfghklmnprst") for _ in range(rng.randint(2, 9))) for _ in range(400)]
    body = " ".join(rng.choice(words) for _ in range(700))
    style = "body{max-width:40em;margin:auto;font:1.1em/1.5 serif}" * 20
    return f"<!doctype html><title>Bench</title><style>{style}</style><p>{body}".encode()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(port, path="/story.html"):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
        data = b""
        while part := s.recv(65536):
            data += part
    return data


def split(answer):
    head, body = answer.split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    return lines[0], [tuple(line.split(": ", 1)) for line in lines[1:]], body


def wait_for(port, log="/dev/null"):
    for _ in range(100):
        try:
            return fetch(port)
        except OSError:
            time.sleep(0.05)
    sys.exit(f"bench: nothing answers on port {port}\n{open(log).read()}")


def children(pid):
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(p) for p in listed]


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory_kb(pids):
    total = 0
    for pid in pids:
        for line in open(f"/proc/{pid}/smaps_rollup"):
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total


def load(port, pids, seconds):
    before = cpu_seconds(pids)
    out = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip",
                          f"http://127.0.0.1:{port}/story.html"], capture_output=True, text=True).stdout
    used = cpu_seconds(pids) - before
    requests = int(re.search(r"(\d+) requests in", out)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    if bad := re.search(r"(Non-2xx.*|Socket errors.*)", out):
        sys.exit(f"bench: port {port}: {bad[1]}")
    return requests / used, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


NGINX = """
daemon off; worker_processes 1; pid {dir}/nginx.pid; error_log {dir}/nginx.err;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; etag off; server_tokens off;
  keepalive_requests 1000000000; open_file_cache max=1000; open_file_cache_valid 60s;
  types {{ text/html html; }} charset utf-8;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3; uwsgi_temp_path {dir}/t4;
  scgi_temp_path {dir}/t5;
  server {{ listen 127.0.0.1:{port}; root {dir}/www; gzip_static on;
{headers}  }}
}}
"""

H2O = """
num-threads: 1
user: {user}
hosts:
  "default":
    listen:
      host: 127.0.0.1
      port: {port}
    paths:
      "/":
        file.dir: {dir}/www
        file.send-compressed: ON
        file.etag: OFF
{headers}"""


class Peers:
    def __init__(self, build, directory):
        self.build, self.dir, self.running = build, directory, {}

    def start(self, name, command, port, worker=False):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.dir, name + ".log"), "w"))
        answer = wait_for(port, os.path.join(self.dir, name + ".log"))
        pids = children(process.pid) if worker else [process.pid]
        self.running[name] = (process, port, pids)
        return answer

    def stop(self):
        for process, _, _ in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process, _, _ in self.running.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()

    def stand(self, pages):
        source = os.path.join(self.dir, "page.html")
        open(source, "wb").write(page())
        edition = os.path.join(self.dir, "edition")
        program = [os.path.join(self.build, "bench/stand_serve"), edition, str(pages), source]
        subprocess.run(program, check=True)
        process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        said = process.stdout.readline().strip()
        port = int(re.match(r"[\d.]+:(\d+)", said)[1])
        answer = wait_for(port)
        self.running["stand"] = (process, port, [process.pid])
        return answer

    def static(self, headers, body):
        www = os.path.join(self.dir, "www")
        os.makedirs(www)
        open(os.path.join(www, "story.html"), "wb").write(page())
        open(os.path.join(www, "story.html.gz"), "wb").write(body)
        os.chmod(self.dir, 0o755)
        if shutil.which("nginx"):
            own = {"content-type", "content-encoding", "last-modified"}
            quoted = lambda v: f"'{v}'" if '"' in v else f'"{v}"'
            lines = "".join(f"    add_header {n} {quoted(v)};\n" for n, v in headers if n.lower() not in SKIP | own)
            self.write_and_start("nginx", NGINX, lines, ["nginx", "-p", self.dir, "-c"], worker=True)
        else:
            print("nginx is not installed: left out")
        if shutil.which("h2o"):
            own = {"content-type", "content-encoding", "last-modified", "vary"}
            lines = "".join("        header.add: '%s: %s'\n" % (n, v.replace("'", "''"))
                            for n, v in headers if n.lower() not in SKIP | own)
            self.write_and_start("h2o", H2O, lines, ["h2o", "-m", "worker", "-c"])
        else:
            print("h2o is not installed: left out")

    def write_and_start(self, name, template, headers, command, worker=False):
        port = free_port()
        path = os.path.join(self.dir, name + ".conf")
        user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
        open(path, "w").write(template.format(dir=self.dir, port=port, headers=headers, user=user))
        return self.start(name, command + [path], port, worker)

    def bare(self, answer):
        path = os.path.join(self.dir, "answer")
        open(path, "wb").write(answer.replace(b"Connection: close\r\n", b""))
        for name in ("microhttpd", "epoll"):
            port = free_port()
            process = subprocess.Popen([os.path.join(self.build, "bench/stand_peers"), name, str(port), path])
            time.sleep(0.3)
            self.running[name] = (process, port, [process.pid])


def head_bytes(port):
    """The head of a kept connection's answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        s.sendall(b"GET /story.html HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n")
        data = b""
        while b"\r\n\r\n" not in data:
            data += s.recv(65536)
    return len(data.split(b"\r\n\r\n")[0]) + 4


def report(table, peers, results):
    median = {name: (statistics.median(r for r, _ in rows), statistics.median(p for _, p in rows))
              for name, rows in results.items()}
    own, own_p99 = median["stand"]
    for name, (rate, p99) in median.items():
        head = head_bytes(peers.running[name][1])
        table.row(f"{name}: requests per CPU second; p99; head", f"{rate:,.0f}; {p99:.2f} ms; {head} bytes")
    for name, target in (("nginx", 1.2), ("h2o", None), ("microhttpd", None), ("epoll", 0.7)):
        if name in median:
            ratio = own / median[name][0]
            table.row(f"stand against {name}", f"{ratio:.2f} ×", f"≥ {target} ×" if target else "",
                      ratio >= target if target else None)
        else:
            table.row(f"stand against {name}", "not installed")
    if "nginx" in median:
        table.row("stand's p99 against nginx's", f"{own_p99:.2f} to {median['nginx'][1]:.2f} ms", "no worse",
                  own_p99 <= median["nginx"][1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", nargs="?", default=str(newsroom.ROOT / "build-bench"), metavar="BUILD-DIR")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=10000)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("bench: wrk is not installed")
    subprocess.run(["ninja", "-C", options.build, "bench/stand_serve", "bench/stand_peers"], check=True,
                   stdout=subprocess.DEVNULL)
    table = newsroom.Table(f"stand with {options.pages:,} pages")
    with tempfile.TemporaryDirectory(prefix="bench-stand-") as directory:
        peers = Peers(options.build, directory)
        try:
            answer = peers.stand(options.pages)
            newsroom.wait_quiet()
            _, headers, body = split(answer)
            peers.static(headers, body)
            peers.bare(answer)
            for name, (_, port, _) in peers.running.items():
                if name not in ("epoll",) and split(fetch(port))[2] != body:
                    sys.exit(f"bench: {name} sends other bytes")
            results = {name: [] for name in peers.running}
            for _ in range(options.rounds):
                for name, (_, port, pids) in peers.running.items():
                    results[name].append(load(port, pids, options.seconds))
            report(table, peers, results)
            table.row("stand's memory", newsroom.megabytes(memory_kb(peers.running["stand"][2])))
            table.end()
        finally:
            peers.stop()


main()
