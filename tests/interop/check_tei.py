"""TEI P5: well-formed for lxml, valid for jing where BYLINE_TEI names a tei_all.rng; the text is that of the article."""

import os
import shutil
import subprocess
import tempfile

from common import SAMPLE, TEXT, done, export, module, refused, skip

etree = module("lxml.etree", "lxml")
SCHEMA, JING = os.environ.get("BYLINE_TEI"), shutil.which("jing")
TEI = "{http://www.tei-c.org/ns/1.0}"
if not (SCHEMA and JING):
    skip("no jing (package jing), or BYLINE_TEI does not name tei_all.rng (https://tei-c.org)")


def jing(data):
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        run = subprocess.run([JING, SCHEMA, file.name], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout


data = export("tei")
root = etree.fromstring(data)
body = root.find(f".//{TEI}body")
text = "\n".join("".join(p.itertext()) for p in body.iter(f"{TEI}p"))
assert text == TEXT, (text, TEXT)
jing(data)
ids = set(root.xpath("//@xml:id"))
pointers = [p for a in ("who", "ref", "corresp", "target", "next", "prev", "resp") for v in root.xpath(f"//@{a}") for p in v.split()]
assert all(p[1:] in ids for p in pointers if p.startswith("#")), set(pointers) - {f"#{i}" for i in ids}
names = len(body.findall(f".//{TEI}persName"))
refused(jing, data.replace(b"<persName", b"<persNome", 1).replace(b"</persName>", b"</persNome>", 1))
refused(etree.fromstring, data.replace(b"</said>", b"", 1) if b"</said>" in data else data[:-9])
done(f"jing and lxml take it", f"{names} persName, {len(SAMPLE['quotes'])} quotes, {len(pointers)} pointers meet", "2 faulty ones refused")
