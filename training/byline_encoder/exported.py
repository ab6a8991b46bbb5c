"""The exported files, run by onnxruntime: used to score what ships and to write the fixture."""
import json
import pathlib

import numpy as np
import onnxruntime

from .vocabulary import Vocabulary


def session(path, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Exported:
    def __init__(self, folder, encoder="encoder.onnx"):
        folder = pathlib.Path(folder)
        self.meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.vocabulary = Vocabulary((folder / self.meta["files"]["vocabulary"]["name"]).read_text(encoding="utf-8").split("\n")[:-1])
        self.encoder = session(folder / encoder)
        self.heads = {k: session(folder / self.meta["files"][k]["name"]) for k in ("relations", "stance")}
        self.names = [o.name for o in self.encoder.get_outputs()]

    def run(self, arrays):
        out = dict(zip(self.names, self.encoder.run(None, {k: arrays[k] for k in ("pieces", "shapes", "contexts", "mask", "firsts")})))
        out["arc_extra"] = np.concatenate([out["arc_bias"], out["arc_root"]], -1)
        return out

    def relations(self, dependent, head):
        return self.heads["relations"].run(None, {"dependent": dependent, "head": head})[0]

    def crf(self, name):
        t = self.meta["tags"][name]
        return [np.array(t[k], np.float32) for k in ("transitions", "start", "end")]

    def words(self, out):
        return out["hidden"]

    def stance(self, output, words, mask, first, second):
        return self.heads["stance"].run([output], {"words": words, "mask": mask, "first": first, "second": second})[0]

    def toward(self, words, mask, target):
        return self.stance("toward", words, mask, target, np.zeros_like(target))

    def pair(self, words, mask, first, second):
        return self.stance("pair", words, mask, first, second)
