"""Open a model for evaluation: a training checkpoint (torch) or an export directory (onnxruntime)."""
import pathlib

from .vocabulary import Vocabulary


def save_checkpoint(path, model, vocabulary, note):
    import torch
    torch.save({"model": model.state_dict(), "pieces": vocabulary.pieces, "note": note}, path)


def open_checkpoint(path):
    import torch

    from .model import Model
    saved = torch.load(path, map_location="cpu", weights_only=False)
    model = Model(len(saved["pieces"]))
    missing, _ = model.load_state_dict(saved["model"], strict=False)
    if "stance.mark.weight" in missing:  # of before the stance layer: it begins as the last layer of the encoder
        model.stance.layer.load_state_dict(model.encoder.layers[-1].state_dict())
    return model.eval(), Vocabulary(saved["pieces"])


def open_model(path, encoder="encoder.onnx"):
    """(run, relations, crf), vocabulary, and a function that scores the remaining heads."""
    from . import more
    if pathlib.Path(path).is_dir():
        from .exported import Exported
        e = Exported(path, encoder)
        return (e.run, e.relations, e.crf), e.vocabulary, lambda data, out: more.scores(e, data, out)
    from .predict import torch_runner
    model, vocabulary = open_checkpoint(path)
    runner = torch_runner(model)
    return runner, vocabulary, lambda data, out: more.scores(more.TorchStance(model, runner, vocabulary), data, out)
