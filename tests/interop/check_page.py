"""The HTML page, read by html5lib in its strict mode and by extruct; schema.org likewise."""

import json

from common import SAMPLE, done, export, module, refused

html5lib = module("html5lib")
extruct = module("extruct")


def strict(page):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def article(page):
    found = extruct.extract(page, syntaxes=["json-ld"], errors="strict")["json-ld"]
    (one,) = found
    spoken = [q for q in SAMPLE["quotes"] if q["kind"] != "scare"]
    assert one["@type"] == "NewsArticle" and len(one["hasPart"]) == len(spoken)
    assert all(q["@type"] == "Quotation" and q["text"] and q["spokenByCharacter"]["name"]
               for q in one["hasPart"])
    named = {m["name"] for m in one["mentions"]}
    assert named == {e["name"] for e in SAMPLE["entities"]}, named
    return one


page = export("html").decode("utf-8")
tree = strict(page)
ids = [e.get("id") for e in tree.iter() if e.get("id")]
assert len(ids) == len(set(ids)), "an id twice"
links = [e.get("href") for e in tree.iter("a") if e.get("href", "").startswith("#")]
assert all(link[1:] in ids for link in links), "a link to nowhere"
sources = [e.tag for e in tree.iter() if e.get("src") or e.tag in ("iframe", "object", "embed", "img")]
assert not sources, sources
assert len(list(tree.iter("script"))) == 2
inside = article(page)
alone = json.loads(export("schema-org"))
assert inside == alone, "the page carries another article"
refused(strict, page.replace("</main>", "</mian>", 1))
refused(article, page.replace('"@context"', '"@context', 1))
done(f"html5lib strict: no error, {len(ids)} ids, {len(links)} links inside, nothing loaded",
     f"extruct: {len(inside['mentions'])} mentions, {len(inside['hasPart'])} quotations",
     "2 faulty ones refused")
