"""The network as ONNX graphs, written node by node from the weights: nothing but the operations that are needed, named, so
that quantisation and the Rust engine meet what they can fuse. Opset 17.

`encoder`: pieces, shapes, contexts, mask (batch x length) and firsts (words) -> one row a word for every output.
`relations`: the two sides of arcs -> relation scores.  `stance`: words of a sentence and marked spans -> classes."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .backbone import HEADS, HIDDEN
from .heads import ARC, POOL

OPSET = 17


class Builder:
    def __init__(self, name):
        self.name, self.nodes, self.weights, self.count = name, [], {}, 0

    def weight(self, name, array):
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def node(self, op, inputs, outputs=1, out=None, name=None, **attributes):
        self.count += 1
        names = [out] if out else ["%s_%d%s" % (op.lower(), self.count, "_%d" % i if outputs > 1 else "") for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name=name or "%s_%d" % (op, self.count), **attributes))
        return names[0] if outputs == 1 else names

    def scalar(self, x):
        return self.weight("scalar_%r" % float(x), np.array(x, np.float32))

    def ints(self, *xs):
        return self.weight("ints_" + "_".join(map(str, xs)), np.array(xs, np.int64))

    def linear(self, x, name, weight, bias, out=None):
        """weight: out x in, as torch has it."""
        y = self.node("MatMul", [x, self.weight(name + ".weight", weight.T.astype(np.float32))], name=name)
        return self.node("Add", [y, self.weight(name + ".bias", bias.astype(np.float32))], out=out)

    def gelu(self, x):
        y = self.node("Erf", [self.node("Div", [x, self.scalar(np.sqrt(2.0))])])
        y = self.node("Mul", [x, self.node("Add", [y, self.scalar(1.0)])])
        return self.node("Mul", [y, self.scalar(0.5)])

    def norm(self, x, name, w, b):
        return self.node("LayerNormalization", [x, self.weight(name + ".weight", w), self.weight(name + ".bias", b)],
                         axis=-1, epsilon=1e-12)

    def model(self, inputs, outputs):
        graph = helper.make_graph(self.nodes, self.name, inputs, outputs, list(self.weights.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="byline")
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, list(shape))


def away(g, mask):
    """What is added to the attention scores so that padding (mask 0) is not read: b x t -> b x 1 x 1 x t."""
    return g.node("Unsqueeze", [g.node("Mul", [g.node("Sub", [g.scalar(1.0), mask]), g.scalar(-1e4)]), g.ints(1, 2)])


def transformer(g, s, p, x, attend):
    """One layer, its weights under the prefix p."""
    size = HIDDEN // HEADS
    w, b = s[p + "qkv.weight"].copy(), s[p + "qkv.bias"].copy()
    w[:HIDDEN] *= size ** -0.5
    b[:HIDDEN] *= size ** -0.5
    heads = []
    for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
        at = "qkv".index(part) * HIDDEN
        y = g.linear(x, p + part, w[at:at + HIDDEN], b[at:at + HIDDEN])
        heads.append(g.node("Transpose", [g.node("Reshape", [y, g.ints(0, 0, HEADS, size)])], perm=order))
    score = g.node("Add", [g.node("MatMul", heads[:2]), attend])
    y = g.node("MatMul", [g.node("Softmax", [score], axis=-1), heads[2]])
    y = g.node("Reshape", [g.node("Transpose", [y], perm=[0, 2, 1, 3]), g.ints(0, 0, HIDDEN)])
    y = g.linear(y, p + "out", s[p + "out.weight"], s[p + "out.bias"])
    x = g.norm(g.node("Add", [x, y]), p + "norm1", s[p + "norm1.weight"], s[p + "norm1.bias"])
    y = g.gelu(g.linear(x, p + "up", s[p + "up.weight"], s[p + "up.bias"]))
    y = g.linear(y, p + "down", s[p + "down.weight"], s[p + "down.bias"])
    return g.norm(g.node("Add", [x, y]), p + "norm2", s[p + "norm2.weight"], s[p + "norm2.bias"])


def encoder(state, outputs):
    """state: the checkpoint's arrays; outputs: which tag outputs, e.g. ["conll", "kind", ..]."""
    g = Builder("encoder")
    s = state
    x = g.node("Gather", [g.weight("piece", s["encoder.piece.weight"]), "pieces"])
    shape = g.node("Gather", [g.weight("shape", s["encoder.shape.weight"]), "shapes"])
    context = g.node("Gather", [g.weight("context", s["encoder.context.weight"]), "contexts"])
    length = g.node("Gather", [g.node("Shape", ["pieces"]), g.ints(1)])
    position = g.node("Slice", [g.weight("position", s["encoder.position.weight"]), g.ints(0), length, g.ints(0)])
    x = g.node("Add", [g.node("Add", [x, g.node("Add", [shape, context])]), position])
    x = g.norm(x, "norm", s["encoder.norm.weight"], s["encoder.norm.bias"])
    attend = away(g, g.node("Cast", ["mask"], to=TensorProto.FLOAT))
    layer = 0
    while "encoder.layers.%d.qkv.weight" % layer in s:
        x = transformer(g, s, "encoder.layers.%d." % layer, x, attend)
        layer += 1
    h = g.node("Gather", [g.node("Reshape", [x, g.ints(-1, HIDDEN)]), "firsts"], axis=0, out="hidden")
    result = [value("hidden", TensorProto.FLOAT, "words", HIDDEN)]

    def emit(out, prefix, x, scale=1.0):
        w, b = s[prefix + ".weight"] * scale, s[prefix + ".bias"] * scale
        result.append(value(out, TensorProto.FLOAT, "words", w.shape[0]))
        return g.linear(x, out, w, b, out=out)

    for name in outputs:
        emit(name, "tags.emit." + name, h)
    side = lambda n: g.gelu(g.linear(h, "arcs." + n, s["arcs.%s.weight" % n], s["arcs.%s.bias" % n]))
    query = emit("arc_query", "arcs.bilinear", side("dependent"), ARC ** -0.5)
    key = side("head")
    g.node("Identity", [key], out="arc_key")
    result.append(value("arc_key", TensorProto.FLOAT, "words", ARC))
    emit("arc_bias", "arcs.extra", key)
    emit("arc_root", "arcs.root", query)
    emit("rel_dependent", "relations.dependent", h)
    emit("rel_head", "relations.head", h)
    ints = [value(n, TensorProto.INT64, "batch", "length") for n in ("pieces", "shapes", "contexts", "mask")]
    return g.model(ints + [value("firsts", TensorProto.INT64, "words")], result)


def relations(s):
    g = Builder("relations")
    d, h = "dependent", "head"
    added = g.gelu(g.node("Add", [d, h]))
    times = g.node("Mul", [g.node("Mul", [d, h]), g.scalar(0.25)])
    both = g.node("Concat", [added, times], axis=-1)
    g.linear(both, "out", s["relations.out.weight"], s["relations.out.bias"], out="scores")
    width = s["relations.dependent.weight"].shape[0]
    return g.model([value(n, TensorProto.FLOAT, "arcs", width) for n in (d, h)],
                   [value("scores", TensorProto.FLOAT, "arcs", s["relations.out.weight"].shape[0])])


def stance(s):
    """words n x t x hidden, mask n x t, first and second n x t (1 on the words of a span, else 0) -> toward, pair.
    For `toward` the target is `first` and `second` is 0."""
    g = Builder("stance")
    p = "stance."
    line = lambda span, row: g.node("Mul", [g.node("Unsqueeze", [span, g.ints(2)]), g.weight("mark_%d" % row, s[p + "mark.weight"][row])])
    marked = g.node("Add", [g.node("Add", ["words", line("first", 0)]), line("second", 1)])
    words = transformer(g, s, p + "layer.", marked, away(g, "mask"))
    read = lambda weight: g.node("Squeeze", [g.node("MatMul", [g.node("Unsqueeze", [weight, g.ints(1)]), words]), g.ints(1)])
    key = g.linear(words, "key", s[p + "key.weight"], s[p + "key.bias"])
    off = g.node("Mul", [g.node("Sub", [g.scalar(1.0), "mask"]), g.scalar(-1e4)])

    def pool(span):
        count = g.node("Max", [g.node("ReduceSum", [span, g.ints(1)], keepdims=1), g.scalar(1.0)])
        return g.node("Div", [read(span), count])

    def head(kind, ask, spans):
        asked = spans[0] if len(spans) == 1 else g.node("Concat", spans, axis=-1)
        question = g.linear(asked, ask, s[p + ask + ".weight"] * POOL ** -0.5, s[p + ask + ".bias"] * POOL ** -0.5)
        weight = g.node("Squeeze", [g.node("MatMul", [key, g.node("Unsqueeze", [question, g.ints(2)])]), g.ints(2)])
        sentence = read(g.node("Softmax", [g.node("Add", [weight, off])], axis=-1))
        x = g.node("Concat", spans + [sentence], axis=-1)
        x = g.gelu(g.linear(x, kind + "_in", s[p + kind + "_in.weight"], s[p + kind + "_in.bias"]))
        g.linear(x, kind + "_out", s[p + kind + "_out.weight"], s[p + kind + "_out.bias"], out=kind)
        return value(kind, TensorProto.FLOAT, "items", s[p + kind + "_out.weight"].shape[0])

    first, second = pool("first"), pool("second")
    outputs = [head("toward", "ask_target", [first]), head("pair", "ask_pair", [first, second])]
    inputs = [value("words", TensorProto.FLOAT, "items", "time", HIDDEN)]
    inputs += [value(n, TensorProto.FLOAT, "items", "time") for n in ("mask", "first", "second")]
    return g.model(inputs, outputs)
