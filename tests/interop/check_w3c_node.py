"""W3C annotations, one by one, by the npm package `validate-web-annotation`."""

import copy
import json
import os
import subprocess

from common import done, export, program, refused, skip

NODE = program("node", package="nodejs")
SCRIPT = """
const validate = require("validate-web-annotation");
const all = JSON.parse(require("fs").readFileSync(0));
for (const [n, one] of all.entries())
  if (!validate(one)) { console.error(n, JSON.stringify(one), validate.errors); process.exit(1); }
"""
known = subprocess.run([NODE, "-e", 'require("validate-web-annotation")'], env=os.environ,
                       capture_output=True)
if known.returncode:
    skip("npm install validate-web-annotation, and NODE_PATH to its node_modules")


def valid(annotations):
    subprocess.run([NODE, "-e", SCRIPT], input=json.dumps(annotations).encode(), check=True,
                   capture_output=True, env=os.environ)


document = json.loads(export("w3c"))
items = []
for item in document["first"]["items"]:
    item["@context"] = "http://www.w3.org/ns/anno.jsonld"
    # Its schema takes days only, where the standard asks for a date and a time.
    if "created" in item:
        item["created"] = item["created"][:10]
    items.append(item)
valid(items)
faulty = copy.deepcopy(items[0])
del faulty["target"]
refused(valid, [faulty])
done(f"{len(items)} annotations valid", "1 without a target refused")
