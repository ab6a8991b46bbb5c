"""Parquet, read by DuckDB and pyarrow, which must agree with the JSON of the same texts, whatever the number of threads
and after a run that was interrupted."""

import filecmp
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from common import HERE, done, module, refused

duckdb = module("duckdb")
pq = module("pyarrow.parquet", "pyarrow")
BYLINE = [os.environ["BYLINE"], "annotate", "--input", "jsonl", "--model", "none"]
MAKER = HERE.parent.parent / "assets" / "examples" / "make_articles.py"


def run(*arguments):
    return subprocess.run([*BYLINE, *map(str, arguments)], check=True, capture_output=True).stdout


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    articles = folder / "articles.jsonl"
    articles.write_bytes(subprocess.run([sys.executable, str(MAKER), "400"], check=True, capture_output=True).stdout)
    run(articles, "--format", "parquet", "-o", folder / "one", "-j", "1")
    run(articles, "--format", "parquet", "-o", folder / "two", "-j", "2")
    files = sorted(p.relative_to(folder / "one") for p in (folder / "one").glob("*/*.parquet"))
    assert len(files) == 5 and all(filecmp.cmp(folder / "one" / f, folder / "two" / f, shallow=False) for f in files)
    lines = [json.loads(line) for line in run(articles, "-j", "2").splitlines()]
    for table in ("entities", "quotes", "stances"):
        wanted = sum(len(d[table]) for d in lines)
        if table == "entities":
            wanted += sum(len(d.get("figures", [])) for d in lines)
        if table == "quotes":
            wanted += sum(len(d.get("attributions", [])) for d in lines)
        path = folder / "one" / table / "part-00000.parquet"
        assert pq.read_table(path).num_rows == wanted, table
        (count,) = duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall()[0]
        assert count == wanted, table
    # Words and offsets agree, as DuckDB counts characters.
    wrong = duckdb.sql(f"""select count(*) from read_parquet('{folder}/one/mentions/*.parquet') m
        join read_parquet('{folder}/one/articles/*.parquet') a using (row)
        where list_aggregate(string_split(a.text, '')[m.start + 1:m."end"], 'string_agg', '') <> m.text""").fetchall()[0][0]
    assert wrong == 0, f"{wrong} offsets are wrong"
    mentions = duckdb.sql(f"select count(*) from read_parquet('{folder}/one/mentions/*.parquet')").fetchall()[0][0]
    # The query of the examples, and what it counts counted by hand.
    query = (MAKER.parent / "contested.sql").read_text().replace("tables/", f"{folder}/one/")
    contested = duckdb.sql(query).fetchall()
    assert contested and {row[0] for row in contested}.issubset(
        {i["name"] for d in lines for i in d["issues"]} | {e["name"] for d in lines for e in d["entities"]})
    for name, *counts in (row[:3] for row in contested):
        sides = [s["polarity"] for d in lines for s in d["stances"] if s["confidence"] >= 0.8 and name ==
                 {x["id"]: x["name"] for x in d["issues"] + d["entities"]}.get(s["target"].get("issue") or s["target"].get("entity"))]
        assert counts == [sides.count("for"), sides.count("against")], (name, counts)
    # A torn file of lines is gone on with.
    whole = run(articles)
    partial = folder / "out.jsonl.partial"
    partial.write_bytes(whole[: len(whole) // 2])
    run(articles, "-o", folder / "out.jsonl", "--resume")
    assert (folder / "out.jsonl").read_bytes() == whole and not partial.exists()
    torn = folder / "torn.parquet"
    torn.write_bytes((folder / "one" / files[0]).read_bytes()[:-9])
    refused(pq.read_table, torn)
    refused(lambda: duckdb.sql(f"select * from read_parquet('{torn}')").fetchall())
done(f"DuckDB and pyarrow read {len(lines)} articles, {mentions} mentions at their offsets",
     f"{len(contested)} contested targets counted alike", "same bytes on 1 and 2 threads and after a torn run", "2 faulty ones refused")
