"""The parity fixture: sentences written for it (no corpus text), with everything the Rust side must reproduce."""
import json

from . import labels, predict
from .corpora import Document, Sentence
from .exported import Exported
from .windows import Window, collate, runs

DOCUMENTS = [
    ["Harbour Minister Odile Marchetti rejected the plan on Tuesday , Reuters reported .",
     "“ We won 't sign it , ” she told the U.N. envoy in São Tomé .",
     "Her party , the Greens , called the ban “ absurd ” ; McAllister & Sons disagreed ."],
    ["COUNCIL BACKS NEW FERRY TO GOTHENBURG", "BY LENA O'CONNOR", "Council Backs New Ferry to Gothenburg",
     "lena o'connor lives in gothenburg", "Jean-Luc paid $ 3.50 for 12th-century maps at www.example.org (see @ferrynews ) ."],
    ["The Norwegian-led Nordic Cup ended 2-1 .", "İzmir ’s mayor said : 北京 and Žižek naïvely supercalifragilisticexpialidocious …"],
    [" ".join(["The", "long", "list", "names"] + ["Anna", "Bergström", ","] * 62 + ["and", "others", "."]), "It ends here ."],
]


def rounded(rows, digits=3):
    return [[round(float(x), digits) for x in row] for row in rows]


def write_fixture(folder, path):
    e = Exported(folder)
    documents = []
    for texts in DOCUMENTS:
        d = Document("fixture", [Sentence(t.split(" "), str(i)) for i, t in enumerate(texts)])
        found = predict.outputs(e.run, e.vocabulary, [d], pieces=1)  # one window a batch
        windows = []
        for cut in runs(e.vocabulary, d.sentences):
            w = Window(e.vocabulary, cut)
            windows.append({"runs": [[int(s.id), a, b] for s, a, b in cut], "pieces": w.pieces.tolist(),
                            "shapes": w.shapes.tolist(), "contexts": w.contexts.tolist(), "firsts": w.firsts.tolist()})
        sentences = []
        for s in d.sentences:
            o = found[id(s)]
            heads, rels = predict.parse(o, e.relations)
            row = {"words": s.words, "conll": predict.chain(o, "conll", e.crf("conll"), labels.CONLL),
                   "kind": predict.chain(o, "kind", e.crf("kind"), labels.KINDS),
                   "upos": [labels.UPOS[i] for i in o["upos"].argmax(1)], "heads": heads, "relations": rels}
            if len(s.words) < 20:
                row["scores"] = {"conll": rounded(o["conll"][:2]), "kind": rounded(o["kind"][:1]), "upos": rounded(o["upos"][:1])}
            sentences.append(row)
        documents.append({"windows": windows, "sentences": sentences})
    text = json.dumps({"note": "Written for this test. heads: index in the sentence, -1 root. scores: of the first words.",
                       "version": e.meta["version"], "documents": documents}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
