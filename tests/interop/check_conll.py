"""CoNLL-2002 and CoNLL-2003 in both schemes, read by seqeval; all four must hold the same names."""

from common import TEXT, done, export, module, refused

labeling = module("seqeval.metrics.sequence_labeling", "seqeval")
scheme = module("seqeval.scheme", "seqeval")


def read(data, columns):
    """Words and tags of each sentence."""
    sentences = [[]]
    for line in data.decode("utf-8").splitlines():
        if not line:
            sentences.append([])
        elif not line.startswith("-DOCSTART-"):
            cells = line.split(" ")
            assert len(cells) == columns, line
            sentences[-1].append((cells[0], cells[-1]))
    return [s for s in sentences if s]


def names(sentences):
    tags = [[tag for _, tag in s] for s in sentences]
    return [(kind, start, end) for kind, start, end in labeling.get_entities(tags)]


def strict(sentences, kind):
    """seqeval's strict reading, which refuses what breaks the scheme."""
    tags = [[tag for _, tag in s] for s in sentences]
    return scheme.Entities(tags, kind).entities


found = {}
for columns, format in ((4, "conll2003"), (2, "conll2002")):
    for name, kind in (("iob1", scheme.IOB1), ("iob2", scheme.IOB2)):
        sentences = read(export(format, "--scheme", name), columns)
        found[format, name] = [[(e.tag, e.start, e.end) for e in s] for s in strict(sentences, kind)]
        words = "".join(word for s in sentences for word, _ in s)
        assert words == "".join(TEXT.split()), "words are lost"
assert len({str(v) for v in found.values()}) == 1, found
refused(read, export("conll2003").replace(b" -X- -X- O\n", b" O\n", 9), 4)
bad = [[("a", "Q-PER")]]
refused(strict, bad, scheme.IOB2)
done(f"seqeval reads the same {sum(map(len, found['conll2002', 'iob1']))} names from 4 files", "2 faulty ones refused")
