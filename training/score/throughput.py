"""Words per second of `byline annotate` beside spaCy's small English model, on one corpus in one run.

    python3 training/score/throughput.py --byline target/release/byline CORPUS.jsonl

A line of the corpus is {"id", "text"}; other fields are ignored. Both programs read the same texts, with everything on and
as many threads or processes as there are cores: byline with its model, spaCy with its whole pipeline through
`nlp.pipe(n_process=cores)`. The runs take turns, so that a busy machine slows both; the first turn warms up and does not
count. What is compared first is the time from the texts to the annotations, loading included for byline (its program starts anew
each time) and not for spaCy (its model is loaded once; its worker processes start anew each time); then, since a busy machine shares out its cores unevenly,
the processor time that each took. Words are runs of
characters without white space, counted once for both. The last line has the medians of the ratios of the turns. Needs spaCy
with a package of `en_core_web_sm` (see training/requirements.txt); byline alone is measured with `--alone`.
"""
import argparse
import importlib.metadata
import json
import multiprocessing
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time


def load():
    """The whole pipeline of the small English model, whatever the name of its package."""
    import spacy
    for found in importlib.metadata.distributions():
        if "en-core-web-sm" in (found.metadata["Name"] or "").lower().replace("_", "-"):
            for file in found.files or []:
                if file.name == "config.cfg":
                    return spacy.load(pathlib.Path(found.locate_file(file)).parent)
    raise SystemExit("en_core_web_sm is not installed: install training/requirements.txt, or give --alone")


def processor():
    """Seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def timed(work):
    """Seconds on the clock and of processor time that some work takes."""
    clock, used = time.perf_counter(), processor()
    work()
    return time.perf_counter() - clock, processor() - used


def byline(program, corpus):
    return timed(lambda: subprocess.run(
        [program, "annotate", "--input", "jsonl", "--format", "jsonl", corpus],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def spacy(nlp, texts, processes):
    def work():
        for _ in nlp.pipe(texts, n_process=processes, batch_size=max(1, len(texts) // (4 * processes))):  # work for every process
            pass
        # The workers are told to end but not waited for; their time counts when they have ended.
        for worker in multiprocessing.active_children():
            worker.join()
    return timed(work)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("corpus")
    options.add_argument("--byline", default="target/release/byline")
    options.add_argument("--turns", type=int, default=5)
    options.add_argument("--alone", action="store_true", help="without spaCy")
    given = options.parse_args()
    with open(given.corpus, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    words = sum(len(text.split()) for text in texts)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{len(texts)} texts, {words} words, {cores} cores")
    nlp = None if given.alone else load()
    if nlp:
        print(f"spaCy {nlp.meta['spacy_version']}: {', '.join(nlp.pipe_names)}")
    ratios = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as corpus:
        for number, text in enumerate(texts):
            corpus.write(json.dumps({"id": str(number), "text": text}) + "\n")
        corpus.flush()
        for turn in range(given.turns + 1):
            ours = byline(given.byline, corpus.name)
            line = f"byline {words / ours[0]:7.0f} words/s, {words / ours[1]:7.0f} a processor second"
            if nlp:
                theirs = spacy(nlp, texts, cores)
                ratio = [theirs[0] / ours[0], theirs[1] / ours[1]]
                line += (f"   spaCy {words / theirs[0]:7.0f}, {words / theirs[1]:7.0f}"
                         f"   ratio {ratio[0]:.2f}, {ratio[1]:.2f}")
                if turn:
                    ratios.append(ratio)
            print(line + ("" if turn else "   (warming up)"), flush=True)
    if ratios:
        clock, used = (statistics.median(column) for column in zip(*ratios))
        print(f"median ratio {clock:.2f}, by processor time {used:.2f}, of {len(ratios)} turns")


if __name__ == "__main__":
    main()
