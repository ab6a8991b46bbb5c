"""Annotates articles on Apache Spark: each partition is piped through one `byline annotate`.

    spark-submit assets/examples/spark.py articles.jsonl stances.parquet      # or: python3 …, with pyspark installed

`mapInPandas` hands each partition over in batches; byline reads lines and answers in order. BYLINE names the program.
"""
import json
import os
import subprocess
import sys
import threading

from pyspark.sql import SparkSession

SCHEMA = "id string, holder string, target string, polarity string, strength int, evidence string"


def stances(document):
    text = document["document"]["text"]
    names = {e["id"]: e["name"] for e in document["entities"] + document.get("figures", [])}
    names.update({i["id"]: i["name"] for i in document["issues"]})
    for s in document["stances"]:
        holder, target = s["holder"], s["target"]
        yield (
            document["id"],
            names.get(holder.get("entity"), holder.get("role")),
            names.get(target.get("entity") or target.get("issue")),
            s["polarity"],
            s["strength"],
            " … ".join(text[e["start"]:e["end"]] for e in s["evidence"]),
        )


def annotate(batches):
    import pandas

    program = os.environ.get("BYLINE", "byline")
    child = subprocess.Popen(
        [program, "annotate", "--input", "jsonl", "-j", "1", *os.environ.get("BYLINE_ARGS", "").split(), "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def feed():
        for batch in batches:
            for row in batch.itertuples(index=False):
                child.stdin.write(json.dumps({"id": row.id, "text": row.text}, ensure_ascii=False) + "\n")
        child.stdin.close()

    thread = threading.Thread(target=feed)
    thread.start()
    rows = []
    for line in child.stdout:
        rows.extend(stances(json.loads(line)))
        if len(rows) >= 1000:
            yield pandas.DataFrame(rows, columns=[c.split()[0] for c in SCHEMA.split(", ")])
            rows = []
    thread.join()
    if child.wait() != 0:
        raise RuntimeError(f"{program} ended with code {child.returncode}")
    yield pandas.DataFrame(rows, columns=[c.split()[0] for c in SCHEMA.split(", ")])


def main():
    source, out = sys.argv[1:3]
    spark = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[2]")).appName("byline").getOrCreate()
    articles = spark.read.schema("id string, text string").json(source)
    articles.mapInPandas(annotate, SCHEMA).write.mode("overwrite").parquet(out)
    spark.read.parquet(out).groupBy("target", "polarity").count().orderBy("count", ascending=False).show(5, truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
