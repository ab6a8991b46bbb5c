"""What the checks share: exporting the sample, skipping, demanding a refusal."""

import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ARTICLE = HERE / "article.json"
# The sample as it stands: an emoji, combining marks, Chinese, Hebrew, markup, six highlights.
SAMPLE = json.loads(ARTICLE.read_text(encoding="utf-8"))
TEXT = SAMPLE["document"]["text"]


def export(format, *more):
    """The sample in a format, as bytes."""
    command = [os.environ["BYLINE"], "export", str(ARTICLE), "--format", format, *more]
    return subprocess.run(command, check=True, capture_output=True).stdout


def skip(why):
    """Ends: the reader is not installed."""
    print(why)
    sys.exit(77)


def module(name, package=None):
    """A module, or the end of this check."""
    try:
        return importlib.import_module(name)
    except ImportError:
        skip(f"python3 -m pip install {package or name}")


def program(*names, package=None):
    """The path of a program, or the end of this check."""
    for name in names:
        path = os.environ.get(f"INTEROP_{name.upper()}") or shutil.which(name)
        if path:
            return path
    skip(f"no {names[0]}: install the package {package or names[0]}")


def refused(check, *arguments):
    """A faulty file must be refused: `check` has to raise an error."""
    try:
        check(*arguments)
    except Exception:
        return
    raise AssertionError(f"{check.__name__} took a faulty file")


def done(*figures):
    """Says what was done."""
    print("; ".join(figures))
