"""An export folder -> the one model file that `byline --model` opens.

    python3 training/pack.py EXPORT_DIR model.bin [--parts vocabulary,encoder,relations,stance]

The file: a line that says what it is, SHA-256 of the rest, length of the description (4 bytes, little endian), the
description (JSON: model.json with the list of parts), the parts. Standard library only.
"""
import argparse
import hashlib
import json
import pathlib

MAGIC = b"byline-model 1\n"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("folder", type=pathlib.Path)
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--parts", default="vocabulary,encoder,relations,stance")
    a = p.parse_args()
    about = json.loads((a.folder / "model.json").read_text(encoding="utf-8"))
    files = about.pop("files")
    parts = [(n, (a.folder / files[n]["name"]).read_bytes()) for n in a.parts.split(",")]
    for name, data in parts:
        if hashlib.sha256(data).hexdigest() != files[name]["sha256"]:
            raise SystemExit("%s is not the file that model.json describes" % files[name]["name"])
    about["parts"] = [{"name": n, "bytes": len(d)} for n, d in parts]
    text = json.dumps(about, separators=(",", ":")).encode()
    body = len(text).to_bytes(4, "little") + text + b"".join(d for _, d in parts)
    a.out.write_bytes(MAGIC + hashlib.sha256(body).digest() + body)
    print("%s: %d bytes, version %s" % (a.out, a.out.stat().st_size, about["version"]))


if __name__ == "__main__":
    main()
