"""Apache Spark: the example of assets/examples, whose rows must be those that a plain run gives."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from common import HERE, done, module, program, refused

module("pyspark")
module("pandas")
pq = module("pyarrow.parquet", "pyarrow")
program("java", package="default-jre-headless")
EXAMPLES = HERE.parent.parent / "assets" / "examples"
MANY = "150"
COLUMNS = ("id", "holder", "target", "polarity", "strength", "evidence")


def example():
    """The example as a module: what it makes of one document is its own affair."""
    spec = importlib.util.spec_from_file_location("spark_example", EXAMPLES / "spark.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def same(theirs, ours):
    order = lambda rows: sorted(rows, key=lambda row: [str(cell) for cell in row])
    assert order(theirs) == order(ours), f"{len(theirs)} rows of Spark, {len(ours)} of a plain run"


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    articles = folder / "articles.jsonl"
    made = subprocess.run([sys.executable, str(EXAMPLES / "make_articles.py"), MANY], check=True, capture_output=True)
    articles.write_bytes(made.stdout)
    out = folder / "stances.parquet"
    # Everything on this machine, by its loopback address, so that no network is looked for.
    environment = dict(os.environ, BYLINE_ARGS="--model none", SPARK_LOCAL_IP="127.0.0.1",
                       PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
    subprocess.run([sys.executable, str(EXAMPLES / "spark.py"), str(articles), str(out)], check=True,
                   capture_output=True, cwd=folder, env=environment)
    theirs = [tuple(row[c] for c in COLUMNS) for row in pq.read_table(out).to_pylist()]
    plain = subprocess.run([os.environ["BYLINE"], "annotate", "--input", "jsonl", "--model", "none", str(articles)],
                           check=True, capture_output=True)
    stances = example().stances
    ours = [row for line in plain.stdout.splitlines() for row in stances(json.loads(line))]
    assert ours, "no stance in the sample"
    same(theirs, ours)
    refused(same, theirs[1:], ours)
done(f"Spark's {len(theirs)} stances of {MANY} articles are those of a plain run, row by row", "a missing row is noticed")
