"""Which kind a CoNLL MISC span is, where our own tables or the shape of the name tell: nationalities, religions and
adherents are groups, cups and wars are events. What stays unclear stays open."""
import pathlib
import re

GROUPS = """muslim moslem christian jew jewish catholic protestant orthodox hindu buddhist sikh islamic islamist islam
shiite shi'ite sunni kurdish kurd tamil hutu tutsi arab serb croat chechen palestinian basque zulu xhosa slav slavic nazi
communist marxist maoist republican democrat democratic conservative labour liberal socialist tory zionist hispanic
latino african-american afro-american european asian african latin american bosnian-serb mormon anglican lutheran baptist
evangelical bedouin gypsy roma pashtun tajik uzbek hazara berber""".split()
EVENT_ENDS = """cup open championship championships war games olympics olympic tour prix masters classic league bowl
derby marathon trophy series festival congress election elections summit conference day holocaust revolution uprising
invitational meeting tournament olympiad intifada spring ramadan christmas easter""".split()


class KindOfMisc:
    def __init__(self, lexicons):
        self.groups = set(GROUPS) | {g + "s" for g in GROUPS} | {"jewish"}
        for name in ("countries.tsv", "places.tsv"):
            for line in (pathlib.Path(lexicons) / name).read_text(encoding="utf-8").splitlines():
                cells = line.split("\t")
                if line.startswith("#") or len(cells) < 3:
                    continue
                for word in cells[2].split(";"):
                    if word.strip():
                        self.groups.add(word.strip().lower())

    def __call__(self, words):
        """The kinds this MISC span may be."""
        low = [w.lower() for w in words]
        joined = " ".join(low)
        parts = [p for p in re.split(r"[-\s/]", joined) if p]
        if joined in self.groups or all(p in self.groups for p in parts):
            return ["group"]
        if low[-1] in EVENT_ENDS or any(p in ("cup", "olympics", "grand", "prix", "championship") for p in low):
            return ["event"]
        if joined in self.groups or joined.endswith(("-born", "-based", "-led", "-style", "-controlled", "-held")):
            return ["group", "other"]
        return ["event", "work", "other", "group"] if len(words) == 1 else ["event", "work", "other"]
