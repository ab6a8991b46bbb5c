"""CSV and TSV, read by Python's csv and by pandas."""

import csv
import io

from common import SAMPLE, TEXT, done, export, module, refused

pandas = module("pandas")
TABLES = {"": "highlights", "-entities": "entities", "-quotes": "quotes", "-stances": "stances"}


def read(data, tab):
    """Rows as both readers see them; both must see the same."""
    text = data.decode("utf-8")
    delimiter = "\t" if tab else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), "rows of other length"
    frame = pandas.read_csv(io.StringIO(text), sep=delimiter, dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows, "csv and pandas differ"
    return rows


count = 0
for ending, layer in TABLES.items():
    for kind in ("csv", "tsv"):
        rows = read(export(kind + ending), kind == "tsv")
        expected = len(SAMPLE[layer]) + (len(SAMPLE.get("figures", [])) if ending == "-entities" else 0)
        assert len(rows) == expected, (kind + ending, len(rows), expected)
        for row in rows:
            for name, cell in row.items():
                assert not cell.lstrip().startswith(("=", "+", "-", "@")), (name, cell)
            if ending == "" and row["in_text"] == "yes":
                words = TEXT[int(row["start"]):int(row["end"])]
                assert " ".join(row["text"].split()) == " ".join(words.split()), row
            if ending == "-quotes":
                words = TEXT[int(row["start"]):int(row["end"])]
                assert row["text"] == " ".join(words.split()), row
        count += len(rows)
broken = export("csv").replace(b'""', b'"', 1)
refused(read, broken, False)
done(f"{2 * len(TABLES)} tables, {count} rows alike in csv and pandas", "stray quote refused")
