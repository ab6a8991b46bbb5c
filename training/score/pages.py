#!/usr/bin/env python3
"""Pages with an expected result, one JSON object a line (`id`, `html`, `expected_text`, `meta`
with `title`, `byline`, `publishedTime`): what a scorer of bodies needs, predictions of others in
the same form, and how often the fields are right.

    pages.py gold DATA                 {"id", "article"} a line
    pages.py ask DATA                  {"id", "html"} a line, for `byline extract --input jsonl`
    pages.py predict NAME DATA         {"id", "article"} a line, by `readability` or `trafilatura`
    pages.py fields DATA PREDICTIONS   share of pages whose title, byline and date are right
"""
import argparse
import gzip
import json
import re
import statistics
import sys
import time


def rows(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def show(row):
    print(json.dumps(row, ensure_ascii=False))


def extractor(name):
    if name == "trafilatura":
        import trafilatura

        return lambda html: trafilatura.extract(html, include_comments=False) or ""
    import html_text
    import readability

    return lambda html: html_text.extract_text(readability.Document(html).summary())


def predict(args):
    extract, took = extractor(args.name), []
    for row in rows(args.data):
        began = time.perf_counter()
        try:
            article = extract(row["html"])
        except Exception as error:  # a page that is too much for it is an empty answer
            print(f"{row['id']}: {error}", file=sys.stderr)
            article = ""
        took.append((time.perf_counter() - began) * 1000)
        show({"id": row["id"], "article": article})
    print(f"{args.name}: median {statistics.median(took):.1f} ms a page", file=sys.stderr)


def fold(text):
    return re.sub(r"\W+", "", (text or "").casefold())


def names(text):
    text = re.sub(r"(?i)^\s*(written |posted )?(by|par|por|von)\b", " ", text or "")
    return set(re.findall(r"[^\W\d_]+", text.casefold())) - {"and", "by"}


def same_title(expected, found):
    """Equal but for case and punctuation, or equal less the name of the site at either end."""
    a, b = sorted((fold(expected), fold(found)), key=len)
    return bool(a) and (a == b or (len(a) >= len(b) / 3 and (b.startswith(a) or b.endswith(a))))


def same_names(expected, found):
    """The names, or those of the expected line without the date, place or job that stands in it."""
    a, b = names(expected), names(found)
    return bool(b) and b <= a and (b == a or len(b) >= 2)


def fields(args):
    predictions = {row["id"]: row for row in rows(args.predictions)}
    right, known, wrong = {}, {}, []
    for row in rows(args.data):
        meta, given = row["meta"], predictions.get(row["id"]) or {}
        checks = {
            "title": (meta.get("title"), given.get("title"), same_title),
            "byline": (meta.get("byline"), " ".join(given.get("authors") or []), same_names),
            "date": (meta.get("publishedTime"), given.get("published"), lambda a, b: (a or "")[:10] == (b or "")[:10]),
        }
        for field, (expected, found, equal) in checks.items():
            if not expected:
                continue
            known[field] = known.get(field, 0) + 1
            if equal(expected, found):
                right[field] = right.get(field, 0) + 1
            else:
                wrong.append((field, row["id"], expected, found))
    for field in known:
        share = 100 * right.get(field, 0) / known[field]
        print(f"{field}: {right.get(field, 0)} of {known[field]} right, {share:.1f} %")
    if args.explain:
        for line in wrong:
            print(*[" ".join(str(part).split()) for part in line], sep="\t")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name in ("gold", "ask", "predict", "fields"):
        command = commands.add_parser(name)
        command.set_defaults(command=name)
        if name == "predict":
            command.add_argument("name", choices=("readability", "trafilatura"))
        command.add_argument("data")
        if name == "fields":
            command.add_argument("predictions")
            command.add_argument("--explain", action="store_true", help="list what is wrong")
    args = parser.parse_args()
    if args.command == "predict":
        predict(args)
    elif args.command == "fields":
        fields(args)
    else:
        for row in rows(args.data):
            key, field = ("article", "expected_text") if args.command == "gold" else ("html", "html")
            show({"id": row["id"], key: row[field]})


if __name__ == "__main__":
    main()
