"""BibTeX and CSL-JSON, read by bibtexparser, pandoc and citeproc-py; all must agree."""

import json
import subprocess

from common import SAMPLE, done, export, module, program, refused

bibtexparser = module("bibtexparser")
module("citeproc", "citeproc-py")
from citeproc.source.json import CiteProcJSON  # noqa: E402

PANDOC = program("pandoc")


def pandoc(data, reader):
    command = [PANDOC, "--from", reader, "--to", "csljson"]
    return json.loads(subprocess.run(command, input=data, check=True, capture_output=True).stdout)


def bibtex(data):
    library = bibtexparser.parse_string(data.decode("utf-8"))
    assert not library.failed_blocks, library.failed_blocks
    (entry,) = library.entries
    return {field.key: field.value for field in entry.fields}


meta = SAMPLE["document"]
bib, csl = export("bibtex"), export("csl-json")
fields = bibtex(bib)
assert fields["url"] == meta["source"]["uri"], fields["url"]
(ours,) = json.loads(csl)
(from_bib,) = pandoc(bib, "bibtex")
(from_csl,) = pandoc(csl, "csljson")
for name in ("title", "container-title", "URL", "issued", "author"):
    assert from_bib.get(name) == from_csl.get(name) == ours[name], \
        (name, from_bib.get(name), from_csl.get(name), ours[name])
assert CiteProcJSON(json.loads(csl))[ours["id"]].title
refused(pandoc, csl.replace(b'"title"', b'"title', 1), "csljson")
refused(bibtex, bib.replace(b"title = {{", b"title = {{{", 1))
done("bibtexparser, pandoc and citeproc-py read the same five fields", "2 faulty ones refused")
