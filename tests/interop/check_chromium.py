"""The HTML page in a browser: the script runs, the page's own rules refuse nothing of it, no other
address is asked for anything, and a script in the article would not run."""

import pathlib
import re
import subprocess
import tempfile

from common import SAMPLE, done, export, program, refused

BROWSER = program("chromium", "chromium-browser", "google-chrome", package="chromium")
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
         "--disable-background-networking --disable-component-update --disable-sync "
         "--enable-logging=stderr --virtual-time-budget=3000 --dump-dom").split()


def opened(page):
    """The page's elements after its script ran, and what the browser complained of."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        log = pathlib.Path(folder) / "net.json"
        command = [BROWSER, *FLAGS, f"--user-data-dir={folder}/profile", f"--log-net-log={log}",
                   path.as_uri()]
        made = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        console = [line for line in made.stderr.splitlines() if ":CONSOLE" in line]
        asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(errors="replace")))
        return made.stdout, console, asked


def check(page):
    dom, console, asked = opened(page)
    assert not console, console
    assert not [a for a in asked if "ledger.example" in a or "evil.example" in a], asked
    assert 'class="find" hidden' not in dom, "the page's script did not run"
    assert "sorts" in dom
    return dom


page = export("html").decode("utf-8")
dom = check(page)
assert dom.count("data-e=") >= sum(len(e["mentions"]) for e in SAMPLE["entities"])
# What would happen if a word got out of its quotes: the page's own rules stop it.
refused(check, page.replace("<main>", "<main><script>document.title='x'</script>", 1))
refused(check, page.replace("<main>", '<main><img src="https://evil.example/x.png">', 1))
done("script runs, console silent, nothing asked for", "2 injections stopped and noticed")
