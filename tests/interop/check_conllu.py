"""CoNLL-U, read by conllu, and its coreference by udapi."""

import contextlib
import io
import logging
import tempfile

from common import SAMPLE, TEXT, done, export, module, refused

conllu = module("conllu")
Document = module("udapi.core.document", "udapi").Document


def parse(data):
    return conllu.parse(data.decode("utf-8"))


class Complaints(logging.Handler):
    """Warnings of udapi, which repairs what it should refuse."""

    def emit(self, record):
        raise ValueError(record.getMessage())


def udapi(data):
    logging.getLogger().addHandler(Complaints(level=logging.WARNING))
    with tempfile.NamedTemporaryFile(suffix=".conllu") as file, contextlib.redirect_stderr(io.StringIO()):
        file.write(data)
        file.flush()
        document = Document(file.name)
        return document.coref_entities


data = export("conllu")
sentences = parse(data)
words = "".join(token["form"] for s in sentences for token in s)
assert words == "".join(TEXT.split()), "words are lost"
for s in sentences:
    text = "".join(t["form"] + ("" if (t["misc"] or {}).get("SpaceAfter") == "No" else " ") for t in s)
    assert text.strip() == s.metadata["text"], (text, s.metadata["text"])
entities = udapi(data)
everything = SAMPLE["entities"] + SAMPLE.get("figures", [])
whole = sum(len(e["mentions"]) for e in everything)
read = sum(len(e.mentions) for e in entities)
assert read == whole and len(entities) == len(everything), (read, whole)
refused(parse, data.replace(b"\n1\t", b"\nfirst\t", 1))
refused(udapi, data.replace(b"Entity=(e1-", b"Entity=(e77-", 1))
done(f"conllu reads {len(sentences)} sentences", f"udapi {len(entities)} entities with {read} mentions", "2 faulty ones refused")
