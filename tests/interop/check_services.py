"""Files for Hypothes.is and Readwise, by jsonschema after their published shapes; positions of
Hypothes.is count as JavaScript does."""

import copy
import csv
import datetime
import io
import json

from common import SAMPLE, TEXT, done, export, module, refused

jsonschema = module("jsonschema")
UNITS = TEXT.encode("utf-16-le")
STRING = {"type": "string"}
# The `Annotation` of the Hypothes.is API, as far as its importer and readers of exports ask for it.
HYPOTHESIS = {"required": ["export_date", "export_userid", "client_version", "annotations"],
              "properties": {"annotations": {"type": "array", "items": {
    "required": ["id", "created", "updated", "user", "uri", "text", "tags", "group", "permissions",
                 "target", "document", "links", "hidden", "flagged"],
    "properties": {
        "id": STRING, "uri": {"type": "string", "pattern": "^(https?|urn):"}, "text": STRING,
        "user": {"type": "string", "pattern": "^acct:.+@.+$"},
        "created": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": STRING}, "group": STRING,
        "permissions": {"required": ["read", "admin", "update", "delete"]},
        "document": {"properties": {"title": {"type": "array", "items": STRING}}},
        "target": {"type": "array", "minItems": 1, "items": {
            "required": ["source", "selector"],
            "properties": {"selector": {"type": "array", "items": {"required": ["type"]}}}}}}}}}}
# Readwise API, version 2: limits of each field.
READWISE = {"required": ["highlights"], "properties": {"highlights": {"type": "array", "items": {
    "required": ["text"], "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 8191},
        "title": {"type": "string", "maxLength": 511},
        "author": {"type": "string", "maxLength": 1024},
        "source_url": {"type": "string", "maxLength": 2047},
        "highlight_url": {"type": "string", "maxLength": 4095},
        "source_type": {"type": "string", "minLength": 3, "maxLength": 64},
        "category": {"enum": ["books", "articles", "tweets", "podcasts"]},
        "note": {"type": "string", "maxLength": 8191},
        "location": {"type": "integer"},
        "location_type": {"enum": ["page", "order", "time_offset"]},
        "highlighted_at": {"type": "string", "format": "date-time"}}}}}}


def hypothesis(data):
    jsonschema.validate(data, HYPOTHESIS)
    places = 0
    for annotation in data["annotations"]:
        selectors = {s["type"]: s for s in annotation["target"][0]["selector"]}
        at = selectors.get("TextPositionSelector")
        if at:
            there = UNITS[2 * at["start"]:2 * at["end"]].decode("utf-16-le")
            assert there == selectors["TextQuoteSelector"]["exact"], there
            places += 1
    return places


annotations = json.loads(export("hypothesis"))
places = hypothesis(annotations)
assert places == sum(not m.get("orphan") for m in SAMPLE["highlights"])
body = json.loads(export("readwise-api"))
jsonschema.validate(body, READWISE)
rows = list(csv.DictReader(io.StringIO(export("readwise").decode("utf-8")), strict=True))
assert list(rows[0]) == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
assert len(rows) == len(body["highlights"]) == len(SAMPLE["highlights"])
for row in rows:
    datetime.datetime.strptime(row["Date"], "%Y-%m-%d %H:%M:%S")
    assert row["Highlight"] and not row["Note"].startswith("=")
# Kindle's file: blocks of four lines or more between rows of equals signs.
blocks = export("clippings").decode("utf-8").split("==========\n")[:-1]
for block in blocks:
    head, place, blank, *words = block.splitlines()
    assert head.endswith(")") and place.startswith("- Your ") and " | Added on " in place
    assert blank == "" and words
notes = sum("note" in m for m in SAMPLE["highlights"])
assert len(blocks) == len(SAMPLE["highlights"]) + notes, len(blocks)

shifted = copy.deepcopy(annotations)
shifted["annotations"][1]["target"][0]["selector"][1]["start"] -= 1
refused(hypothesis, shifted)
long = copy.deepcopy(body)
long["highlights"][0]["text"] = "x" * 9000
refused(jsonschema.validate, long, READWISE)
done(f"Hypothes.is: {len(annotations['annotations'])} annotations, {places} positions in UTF-16",
     f"Readwise: {len(rows)} rows and items", f"{len(blocks)} clippings", "2 faulty ones refused")
