"""Measures the library beside newsboat, on the same articles in the same run.

    cargo bench --bench library -- 100000 FOLDER search
    python3 benches/newsboat.py --byline target/release/byline FOLDER

FOLDER is the data folder of a library, as the bench `library` keeps it. Its articles are written into a
cache of newsboat's, one feed an outlet, in a temporary folder. Then both programs are started on
pseudo-terminals of 120 columns and 40 rows, turn and turn about: from exec to the first frame with the
list, from the keys of a word and Enter, sent at once, to the frame with what is found in all articles, and the resident memory
after that. What the two programs draw is read by a small screen of ours, so that a frame counts when it
is whole. Nothing is fetched: newsboat never reloads.
"""

import argparse
import datetime
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

COLUMNS, ROWS = 120, 40
# Words of which each library of the bench has hits.
WORDS = ["peace", "negotiations", "russia", "moscow", "guarantee"]
# Seconds without a byte after which a program is given up.
PATIENCE = 120
TOKEN = re.compile(r"\x1b\[([?>!0-9;]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b.|[\x00-\x1f]|[^\x00-\x1f]+")


class Screen:
    """As much of a terminal as the two programs use: where text stands, without its looks."""

    def __init__(self):
        self.cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self.x = self.y = 0
        self.last = " "

    def put(self, text):
        for c in text:
            if self.x < COLUMNS:
                self.cells[self.y][self.x] = c
            self.x += 1
            self.last = c

    def blank(self, y, start, end):
        self.cells[y][start:end] = [" "] * (min(end, COLUMNS) - start)

    def feed(self, text):
        for token in TOKEN.finditer(text):
            whole = token.group()
            if token.group(2):
                self.control(token.group(1), token.group(2))
            elif whole == "\r":
                self.x = 0
            elif whole == "\n":
                self.y = min(self.y + 1, ROWS - 1)
            elif whole == "\b":
                self.x = max(self.x - 1, 0)
            elif whole == "\t":
                self.x = (self.x // 8 + 1) * 8
            elif whole[0] >= " ":
                self.put(whole)

    def control(self, numbers, final):
        if numbers[:1] in "?>!" and numbers:
            if numbers == "?1049" and final == "h":
                self.__init__()
            return
        given = [int(n) if n else 0 for n in numbers.split(";")]
        n = max(given[0], 1)
        if final == "H":
            self.y = min(n, ROWS) - 1
            self.x = min(max(given[1], 1) if len(given) > 1 else 1, COLUMNS) - 1
        elif final == "d":
            self.y = min(n, ROWS) - 1
        elif final == "G":
            self.x = min(n, COLUMNS) - 1
        elif final in "ABCD":
            down, right = {"A": (-n, 0), "B": (n, 0), "C": (0, n), "D": (0, -n)}[final]
            self.y = min(max(self.y + down, 0), ROWS - 1)
            self.x = min(max(self.x + right, 0), COLUMNS - 1)
        elif final == "X":
            self.blank(self.y, min(self.x, COLUMNS), self.x + n)
        elif final in "P@":
            row, at = self.cells[self.y], min(self.x, COLUMNS)
            kept = row[at + n :] if final == "P" else [" "] * n + row[at:]
            self.cells[self.y] = (row[:at] + kept + [" "] * COLUMNS)[:COLUMNS]
        elif final == "b":
            self.put(self.last * n)
        elif final == "K":
            start, end = [(self.x, COLUMNS), (0, self.x + 1), (0, COLUMNS)][given[0]]
            self.blank(self.y, min(start, COLUMNS), end)
        elif final == "J":
            if given[0] == 0:
                self.blank(self.y, min(self.x, COLUMNS), COLUMNS)
            for y in range(self.y + 1 if given[0] == 0 else 0, ROWS):
                self.blank(y, 0, COLUMNS)

    def text(self):
        return "\n".join("".join(row) for row in self.cells)


class Program:
    """A program on a pseudo-terminal, started anew."""

    def __init__(self, command, home):
        self.began = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            names = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            try:
                os.execvpe(command[0], command, names | {"HOME": str(home)})
            finally:
                os._exit(127)
        self.screen = Screen()
        self.rest = b""

    def until(self, found):
        """Reads until the screen has what is waited for; the time then."""
        while not found(self.screen.text()):
            ready, _, _ = select.select([self.fd], [], [], PATIENCE)
            try:
                read = os.read(self.fd, 1 << 16) if ready else b""
            except OSError:
                read = b""
            if not read:
                sys.exit(f"the program ended or hangs; its screen:\n{self.screen.text().rstrip()}")
            self.rest += read
            # A character or a sequence that was cut off waits for its end.
            whole = self.rest.decode("utf-8", "ignore")
            cut = whole.rfind("\x1b")
            if cut >= 0 and not re.match(r"\x1b(\[[?>!0-9;]*[@-~]|\].*?(\x07|\x1b\\)|[()].|[^\[\]()])", whole[cut:]):
                whole = whole[:cut]
            self.rest = self.rest[len(whole.encode()):]
            self.screen.feed(whole)
        return time.monotonic()

    def type(self, text):
        os.write(self.fd, text.encode())
        return time.monotonic()

    def memory(self):
        """Resident memory now and at most, in MB."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM")]

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def cache(folder, library, newsboat):
    """Writes the articles of a library into a cache of newsboat's: its command, and how many."""
    urls, config, file = (folder / name for name in ("urls", "config", "cache.db"))
    ours = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    outlets = [row[0] or "" for row in ours.execute("SELECT DISTINCT outlet FROM article")]
    feeds = {outlet: f"http://127.0.0.1:9/{n}.xml" for n, outlet in enumerate(outlets)}
    urls.write_text("".join(f"{url}\n" for url in feeds.values()))
    config.write_text("auto-reload no\nrefresh-on-startup no\n")
    command = [newsboat, "-C", str(config), "-u", str(urls), "-c", str(file)]
    # It makes its own tables.
    subprocess.run([*command, "-x", "print-unread"], check=True, capture_output=True)
    theirs = sqlite3.connect(file)
    for outlet, url in feeds.items():
        feed = (url, url, outlet)
        theirs.execute("INSERT OR REPLACE INTO rss_feed(rssurl, url, title) VALUES (?, ?, ?)", feed)
    articles = ours.execute(
        "SELECT article.id, title, authors, uri, outlet, coalesce(published, ''), text, unread"
        " FROM article JOIN body USING (id)"
    )

    def row(article):
        number, title, authors, uri, outlet, day, text, unread = article
        url = uri or f"http://127.0.0.1:9/{number}"
        day = datetime.date.fromisoformat(day) if day else datetime.date(2000, 1, 1)
        at = int(datetime.datetime.combine(day, datetime.time(), datetime.timezone.utc).timestamp())
        return (url, title, authors, url, feeds[outlet or ""], at, text, unread)

    theirs.executemany(
        "INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread,"
        " enclosure_url, enclosure_type, enqueued, flags, base)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', '')",
        map(row, articles),
    )
    theirs.commit()
    count = theirs.execute("SELECT count(*) FROM rss_item").fetchone()[0]
    theirs.close()
    return command, count


def measured(command, home, listed, ask, found):
    """Seconds to the first frame, seconds of each search, and the memory then."""
    program = Program(command, home)
    try:
        start = program.until(listed) - program.began
        searches = []
        for word in WORDS:
            ask(program)
            began = program.type(word + "\r")
            searches.append(program.until(lambda text, word=word: found(text, word)) - began)
        return start, searches, program.memory()
    finally:
        program.end()


def byline(binary, data, home):
    def ask(program):
        if "newest" not in program.screen.text().splitlines()[0]:
            program.type("\x1b")
            program.until(lambda text: "newest" in text.splitlines()[0])
        program.type("/")
        program.until(lambda text: "Tab completes" in text)

    def found(text, word):
        head = text.splitlines()[0]
        return f"/{word} " in head and "best" in head

    command = [str(binary), "--data", str(data)]
    return measured(command, home, lambda text: "newest" in text.splitlines()[0], ask, found)


def newsboat(command, home):
    def ask(program):
        if "Search result" in program.screen.text().splitlines()[0]:
            program.type("q")
            program.until(lambda text: "Your feeds" in text.splitlines()[0])
        program.type("/")
        program.until(lambda text: "Search for:" in text)

    def listed(text):
        return "Your feeds" in text.splitlines()[0]

    def found(text, word):
        return "Search result" in text.splitlines()[0]

    return measured(command, home, listed, ask, found)


def main():
    parser = argparse.ArgumentParser(description="byline's library beside newsboat")
    parser.add_argument("folder", type=pathlib.Path, help="data folder of a library")
    parser.add_argument("--byline", default="target/release/byline", type=pathlib.Path)
    parser.add_argument("--newsboat", default="newsboat")
    parser.add_argument("--runs", default=5, type=int)
    args = parser.parse_args()
    if not shutil.which(args.newsboat):
        sys.exit("newsboat is not installed")
    library = args.folder / "library.db"
    if not library.exists():
        sys.exit(f"{library} is not there: `cargo bench --bench library -- 100000 {args.folder} search`")
    version = subprocess.run([args.newsboat, "--version"], capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        command, count = cache(home, library, args.newsboat)
        print(f"{count} articles; {version.stdout.splitlines()[0].split(' - ')[0]}; medians of {args.runs} runs")
        runs = {"byline": [], "newsboat": []}
        for n in range(args.runs + 1):
            one = byline(args.byline.resolve(), args.folder.resolve(), home)
            other = newsboat(command, home)
            # The first run fills the caches of the disk.
            if n > 0:
                runs["byline"].append(one)
                runs["newsboat"].append(other)
    parts = {
        "exec to first frame, ms": lambda run: run[0] * 1000,
        "search to its result, ms": lambda run: statistics.median(run[1]) * 1000,
        "slowest search, ms": lambda run: max(run[1]) * 1000,
        "resident memory, MB": lambda run: run[2][0],
        "most resident memory, MB": lambda run: run[2][1],
    }
    print(f"{'':28}{'byline':>10}{'newsboat':>10}   newsboat : byline")
    for name, part in parts.items():
        one, other = (statistics.median(part(r) for r in runs[p]) for p in ("byline", "newsboat"))
        print(f"{name:28}{one:10.1f}{other:10.1f}   {other / one:.1f}")
    print(
        "Not the same: byline's result is ranked, counts whole words and counts up to 10,000 hits;\n"
        "newsboat's is every article with these letters anywhere. Newsboat has no search by name, stance,\n"
        "outlet or day over all articles: those are measured by the bench `library` alone."
    )


if __name__ == "__main__":
    main()
