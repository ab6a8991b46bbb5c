"""f32 graph -> int8: dynamic, weights per channel with seven bits (reduced range), so that no instruction set saturates.
The last layers of the heads stay f32: they cost nothing and decide everything."""
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic


SMALL = 40  # outputs


def int8(source, target):
    graph = onnx.load(str(source)).graph
    widths = {w.name: w.dims[-1] for w in graph.initializer}
    keep = [n.name for n in graph.node if n.op_type == "MatMul" and widths.get(n.input[1], SMALL) < SMALL]
    quantize_dynamic(str(source), str(target), op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
                     weight_type=QuantType.QInt8, nodes_to_exclude=keep, extra_options={"MatMulConstBOnly": True})
