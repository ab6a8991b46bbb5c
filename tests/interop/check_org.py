"""Org, read by org-mode itself in Emacs: headings, drawers, positions, and no markup of others."""

import json
import pathlib
import re
import subprocess
import tempfile

from common import SAMPLE, TEXT, done, export, program, refused

EMACS = program("emacs", package="emacs-nox")
LISP = r"""
(require 'org) (require 'org-element) (require 'json)
(let (out)
  (find-file (getenv "ORG_FILE"))
  (org-element-map (org-element-parse-buffer) 'headline
    (lambda (h)
      (push (list (cons 'level (org-element-property :level h))
                  (cons 'title (org-element-property :raw-value h))
                  (cons 'tags (vconcat (mapcar #'substring-no-properties (org-element-property :tags h))))
                  (cons 'todo (org-element-property :todo-keyword h))
                  (cons 'id (org-element-property :ORG-REMARK-ID h))
                  (cons 'beg (org-element-property :ORG-REMARK-BEG h))
                  (cons 'end (org-element-property :ORG-REMARK-END h))
                  (cons 'label (org-element-property :ORG-REMARK-LABEL h)))
            out)))
  (let ((kinds (org-element-map (org-element-parse-buffer)
                 '(bold italic underline strike-through verbatim code latex-fragment macro target
                   footnote-reference subscript superscript entity export-snippet link timestamp
                   inline-src-block quote-block table)
                 (lambda (o) (list (symbol-name (org-element-type o))
                                   (or (org-element-property :raw-link o) ""))))))
    (with-temp-buffer
      (insert-file-contents (getenv "TEXT_FILE"))
      (let ((there (mapcar (lambda (h) (let ((b (cdr (assq 'beg h))) (e (cdr (assq 'end h))))
                      (and b e (buffer-substring-no-properties (string-to-number b) (string-to-number e))))) out)))
        (princ (json-encode (list (cons 'heads (vconcat (reverse out)))
                                  (cons 'there (vconcat (reverse there)))
                                  (cons 'kinds (vconcat (mapcar #'vconcat kinds))))))))))
"""


def read(data):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "x.org").write_bytes(data)
        (folder / "x.txt").write_text(TEXT, encoding="utf-8")
        (folder / "x.el").write_text(LISP)
        environment = {"ORG_FILE": str(folder / "x.org"), "TEXT_FILE": str(folder / "x.txt"),
                       "PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        command = [EMACS, "--batch", "-Q", "-l", str(folder / "x.el")]
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return json.loads(made.stdout)


def check(data):
    found = read(data)
    marks = [(h, t) for h, t in zip(found["heads"], found["there"]) if h["id"]]
    assert len(marks) == len(SAMPLE["highlights"]), len(marks)
    wanted = sorted(m["text"] for m in SAMPLE["highlights"] if not m.get("orphan"))
    assert sorted(t for _, t in marks if t) == wanted, "positions of an Emacs buffer"
    assert all(h["level"] == 2 and not h["todo"] for h, _ in marks)
    assert len({h["id"] for h, _ in marks}) == len(marks)
    assert [h["level"] for h in found["heads"] if not h["id"]] == [1] * 4, found["heads"]
    strange = [k for k in found["kinds"]
               if k[0] not in ("link", "quote-block", "table") or
               k[0] == "link" and not re.match(r"https://ledger\.example/", k[1])]
    assert not strange, strange
    return len(marks), len(found["kinds"])


data = export("org")
marks, objects = check(data)
refused(check, data.replace(b":org-remark-beg: ", b":org-remark-beg: 1", 1))
refused(check, data + "*bold* of the article\n".encode())
done(f"{marks} marks with ids, labels and positions, {objects} objects, all ours",
     "2 faulty ones refused")
