"""W3C annotations: expanded and turned into RDF by PyLD, with nothing dropped; the standard's MUSTs,
and W3C's own assertions where they are at hand, by jsonschema."""

import copy
import json
import os
import pathlib

from common import SAMPLE, TEXT, done, export, module, refused

jsonschema = module("jsonschema")
jsonld = module("pyld", "pyld").jsonld
FOLDER = pathlib.Path(os.environ.get("BYLINE_W3C", "/nowhere"))
OA, AS, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", \
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def link(name):
    return {"@id": name, "@type": "@id"}


# The part of the standard's context that is used, from the Web Annotation Vocabulary.
VOCABULARY = {
    "id": "@id", "type": "@type",
    **{name: OA + name for name in (
        "Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector",
        "TextPositionSelector", "highlighting", "commenting", "classifying", "tagging",
        "identifying", "describing", "assessing", "linking", "start", "end", "exact", "prefix",
        "suffix")},
    "Software": AS + "Application", "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "body": link(OA + "hasBody"), "target": link(OA + "hasTarget"),
    "source": link(OA + "hasSource"), "selector": link(OA + "hasSelector"),
    "generator": link(AS + "generator"), "first": link(AS + "first"),
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "created": "http://purl.org/dc/terms/created", "value": RDF + "value",
    "name": "http://xmlns.com/foaf/0.1/name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": AS + "totalItems", "startIndex": AS + "startIndex",
}
theirs = FOLDER / "anno.jsonld"
context = json.loads(theirs.read_text()) if theirs.exists() else {"@context": VOCABULARY}


def loader(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": context}


jsonld.set_document_loader(loader)


def leaves(value, under=None):
    """How many plain values a document holds."""
    if isinstance(value, dict):
        return sum(leaves(v, k) for k, v in value.items() if k != "@context")
    if isinstance(value, list):
        return sum(leaves(v, under) for v in value)
    return 1


def kept(document):
    """Every value must come through expansion and compaction."""
    expanded = jsonld.expand(document)
    back = jsonld.compact(expanded, document["@context"])
    assert leaves(back) == leaves(document), f"{leaves(document) - leaves(back)} values dropped"
    return jsonld.to_rdf(document, {"format": "application/n-quads"}).count("\n")


SELECTOR = {"oneOf": [
    {"required": ["type", "exact"], "properties": {
        "type": {"const": "TextQuoteSelector"},
        **{key: {"type": "string"} for key in ("exact", "prefix", "suffix")}}},
    {"required": ["type", "start", "end"], "properties": {
        "type": {"const": "TextPositionSelector"},
        **{key: {"type": "integer", "minimum": 0} for key in ("start", "end")}}},
]}
# Web Annotation Data Model, sections 3.1, 3.2.4, 4, 4.2.4, 4.2.5.
MUST = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["highlighting", "commenting", "identifying", "describing",
                                "assessing", "linking"]},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"},
        "target": {"required": ["source", "selector"], "properties": {
            "source": {"type": "string", "format": "uri"},
            "selector": {"type": "array", "minItems": 1, "items": SELECTOR}}},
        "body": {"oneOf": [{"type": "object"}, {"type": "array", "items": {
            "required": ["type", "value", "purpose"],
            "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}}}}]},
    },
}


def assertions():
    """W3C's own MUST assertions, references made local."""
    root = FOLDER / "web-annotation-tests"
    if not root.exists():
        return {}
    store = {}

    def local(value):
        if isinstance(value, dict):
            out = {k: local(v) for k, v in value.items() if k != "id" or not isinstance(v, str)}
            if isinstance(value.get("$ref"), str) and not value["$ref"].startswith("#"):
                out["$ref"] = "urn:w3c:" + value["$ref"].split("/")[-1] if "#" not in value["$ref"] \
                    else "urn:w3c:" + value["$ref"]
            return out
        return [local(v) for v in value] if isinstance(value, list) else value

    for path in sorted(root.glob("definitions/*.json")):
        store["urn:w3c:" + path.name] = local(json.loads(path.read_text()))
    out = {}
    for path in sorted(root.glob("annotations/3*.json")):
        schema = local(json.loads(path.read_text()))
        if schema.get("assertionType") == "must":
            resolver = jsonschema.RefResolver("urn:w3c:" + path.name, schema, store)
            out[path.stem] = jsonschema.Draft4Validator(schema, resolver=resolver)
    return out


W3C = assertions()


def shape(annotation):
    jsonschema.Draft202012Validator(MUST).validate(annotation)
    whole = {"@context": "http://www.w3.org/ns/anno.jsonld", **annotation}
    for validator in W3C.values():
        validator.validate(whole)


def selectors(value):
    if isinstance(value, dict):
        if isinstance(value.get("selector"), list):
            yield value["selector"]
        for inner in value.values():
            yield from selectors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from selectors(inner)


document = json.loads(export("w3c"))
items = document["first"]["items"]
assert document["total"] == len(items)
quads = kept(document)
for item in items:
    shape(item)
places = 0
for pair in selectors(document):
    if len(pair) == 2:
        quote, at = pair
        assert TEXT[at["start"]:at["end"]] == quote["exact"], (quote, at)
        places += 1
assert sum(i["motivation"] in ("highlighting", "commenting") for i in items) == \
    len(SAMPLE["highlights"])
assert sum(i["motivation"] == "assessing" for i in items) == len(SAMPLE["stances"])

unknown = copy.deepcopy(document)
unknown["first"]["items"][0]["shade"] = "vanishes"
refused(kept, unknown)
for harm in (lambda a: a.pop("target"), lambda a: a["target"]["selector"][0].pop("exact"),
             lambda a: a["target"]["selector"][1].update(start="4")):
    faulty = copy.deepcopy(items[0])
    harm(faulty)
    refused(shape, faulty)
done(f"{len(items)} annotations, {quads} quads, no value dropped by PyLD"
     + (" (W3C's context)" if theirs.exists() else ""),
     f"{places} positions agree with their quotes",
     f"{len(W3C)} assertions of W3C" if W3C else "W3C's own assertions not at hand",
     "4 faulty ones refused")
