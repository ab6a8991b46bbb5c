"""Prints short made-up articles as JSON Lines, for trying out what runs over many: `make_articles.py 100000 > articles.jsonl`.

The same number gives the same bytes. Every sentence is made from templates; nobody in it exists.
"""
import json
import random
import sys

PEOPLE = ["Ana Korba", "Tomas Weld", "Mira Oduya", "Zoë Ng", "Omar Haddad", "李明", "Ines Ferrão", "Jon Ashdale"]
BODIES = ["the Harbour Union", "the Transport Ministry", "the River Council", "Northgate Rail", "the Farmers' League"]
PLACES = ["Port Ellin", "Karsk", "東京", "the Lower Valley", "New Brandt"]
PLANS = ["the bridge", "the new toll", "the harbour bill", "the rail merger", "a ban on night flights"]
LINES = [
    "{body} wants to build {plan} in {place}, {person} said on Monday.",
    "{person} rejected {plan}. \"We will not pay for it,\" {last} said.",
    "{body} supports {plan}, but {person} opposes it.",
    "\"Nobody in {place} asked for {plan},\" said {person}, who speaks for {body}.",
    "{person} called {plan} a mistake 😀 and urged {body} to stop it.",
    "Officials in {place} declined to comment on {plan}.",
    "{body} welcomed the decision of {person} to delay {plan}.",
]


def article(dice, n):
    sentences = []
    for _ in range(dice.randint(4, 9)):
        person = dice.choice(PEOPLE)
        facts = dict(person=person, last=person.split()[-1], body=dice.choice(BODIES), place=dice.choice(PLACES), plan=dice.choice(PLANS))
        line = dice.choice(LINES).format(**facts)
        sentences.append(line[0].upper() + line[1:])
    return {"id": f"a{n:07}", "text": " ".join(sentences)}


def main():
    dice = random.Random(7)
    for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1000):
        print(json.dumps(article(dice, n), ensure_ascii=False))


if __name__ == "__main__":
    main()
