"""UIMA CAS JSON, read and written again by dkpro-cassis; offsets are compared with the names they mark."""

import json

from common import SAMPLE, TEXT, done, export, module, refused

cassis = module("cassis", "dkpro-cassis")
NAME = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def read(data):
    cas = cassis.load_cas_from_json(data)
    assert cas.sofa_string == TEXT
    return cas


def names(cas):
    found = sorted((a.name, a.get_covered_text()) for a in cas.select(NAME))
    wanted = sorted((e["name"], TEXT[m["start"]:m["end"]])
                    for e in SAMPLE["entities"] + SAMPLE.get("figures", []) for m in e["mentions"])
    assert found == wanted, (found, wanted)
    return found


data = export("cas").decode("utf-8")
cas = read(data)
found = names(cas)
again = read(cas.to_json())
assert names(again) == found
assert len(list(again.select("webanno.custom.Stance"))) == sum(len(s["evidence"]) for s in SAMPLE["stances"])
value = json.loads(data)
del value["%TYPES"][NAME]
refused(read, json.dumps(value))
value = json.loads(data)
for one in value["%FEATURE_STRUCTURES"]:
    if one["%TYPE"] == NAME:
        one["begin"] += 1
refused(lambda text: names(read(text)), json.dumps(value))
done(f"cassis reads {len(found)} names, twice the same", f"{len(list(cas.select('webanno.custom.Quote')))} quotes", "2 faulty ones refused")
