"""The encoder as an ONNX graph with eight-bit weights, built by hand so that the file is small and always the same.

Word vectors are rows of int8 with one scale each. Linear layers keep int8 weights in blocks of 128 with a scale each
(`MatMulNBits` of onnxruntime), and onnxruntime rounds each row of the input to eight bits as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from policy428.meaning.pieces import WINDOW_TOKENS
from training.network import Encoder
from training.posts import Floats

OPSET = 20
BLOCK = 128


class Builder:
    """Collects nodes and constants; each method adds one step and returns the name of its result."""

    def __init__(self, accuracy: int = 4, bits: int = 8) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.accuracy, self.bits = accuracy, bits
        self._made = 0

    def constant(self, value: NDArray[Any]) -> str:
        """A constant array."""
        name = self._name("c")
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """One node with one result."""
        name = self._name(kind)
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def rows(self, table: Floats, ids: str) -> str:
        """The rows `ids` of a table kept as int8 with a scale for each row."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        whole = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        picked = self.node("Cast", self.node("Gather", self.constant(whole), ids), to=TensorProto.FLOAT)
        sizes = self.node("Gather", self.constant(scale.astype(np.float32)), ids)
        return self.node("Mul", picked, sizes)

    def linear(self, x: str, weight: Floats, bias: Floats) -> str:
        """`x` times the transpose of `weight`, plus `bias`, with weights in whole numbers."""
        outputs, inputs = weight.shape
        blocks = weight.reshape(outputs, inputs // BLOCK, BLOCK)
        half = 1 << (self.bits - 1)
        scale = np.maximum(np.abs(blocks).max(2), 1e-8) / (half - 1)
        whole = np.clip(np.rint(blocks / scale[:, :, None]), 1 - half, half - 1) + half
        packed = whole.astype(np.uint8)
        if self.bits == 4:
            packed = packed[:, :, ::2] | (packed[:, :, 1::2] << 4)
        name = self._name("linear")
        constants = [self.constant(packed), self.constant(scale.astype(np.float32).reshape(-1))]
        self.nodes.append(
            helper.make_node(
                "MatMulNBits",
                [x, *constants],
                [name],
                name=name,
                domain="com.microsoft",
                K=inputs,
                N=outputs,
                bits=self.bits,
                block_size=BLOCK,
                accuracy_level=self.accuracy,
            )
        )
        return self.node("Add", name, self.constant(bias))

    def norm(self, x: str, weight: Floats, bias: Floats) -> str:
        """Layer normalization."""
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)

    def _name(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"


def build(encoder: Encoder, *, accuracy: int = 4, bits: int = 8) -> bytes:
    """The graph of `encoder`: `ids` and `kinds` (1, token) in; `logits` (1, output) and `hidden` (1, token, size) out.

    It reads one post at a time, so nothing is padded and an answer never depends on its neighbours.
    """
    state = {name: np.asarray(tensor.float().numpy()) for name, tensor in encoder.state_dict().items()}
    make = Builder(accuracy, bits)
    size, heads = encoder.config["hidden_size"], encoder.config["num_attention_heads"]
    length = make.node("Gather", make.node("Shape", "ids"), make.constant(np.array(1)))
    order = make.node("Range", make.constant(np.array(0)), length, make.constant(np.array(1)))
    places = make.rows(state["places.weight"][:WINDOW_TOKENS], order)
    kinds = make.node("Gather", make.constant(state["kinds.weight"]), "kinds")
    x = make.node("Add", make.node("Add", make.rows(state["words.weight"], "ids"), places), kinds)
    x = make.norm(x, state["norm.weight"], state["norm.bias"])
    apart = make.constant(np.array([1, -1, 3, heads, size // heads]))
    joined = make.constant(np.array([1, -1, size]))
    numbers = [make.constant(np.array(i)) for i in range(3)]
    shrink = make.constant(np.array((size // heads) ** -0.5, np.float32))
    for number in range(len(encoder.layers)):
        part = {name.split(".", 2)[2]: v for name, v in state.items() if name.startswith(f"layers.{number}.")}
        qkv = make.node("Reshape", make.linear(x, part["qkv.weight"], part["qkv.bias"]), apart)
        q, k, v = (make.node("Gather", qkv, i, axis=2) for i in numbers)
        q = make.node("Mul", make.node("Transpose", q, perm=[0, 2, 1, 3]), shrink)
        k, v = make.node("Transpose", k, perm=[0, 2, 3, 1]), make.node("Transpose", v, perm=[0, 2, 1, 3])
        a = make.node("MatMul", make.node("Softmax", make.node("MatMul", q, k), axis=-1), v)
        a = make.node("Reshape", make.node("Transpose", a, perm=[0, 2, 1, 3]), joined)
        a = make.linear(a, part["out.weight"], part["out.bias"])
        x = make.norm(make.node("Add", x, a), part["norm1.weight"], part["norm1.bias"])
        f = make.node("Gelu", make.linear(x, part["up.weight"], part["up.bias"]))
        f = make.linear(f, part["down.weight"], part["down.bias"])
        x = make.norm(make.node("Add", x, f), part["norm2.weight"], part["norm2.bias"])
    axis = make.constant(np.array([1]))
    pooled = make.node(
        "Concat", make.node("ReduceMean", x, axis, keepdims=0), make.node("ReduceMax", x, axis, keepdims=0), axis=1
    )
    head = make.node("MatMul", pooled, make.constant(state["head.weight"].T))
    logits = make.node("Add", head, make.constant(state["head.bias"]))
    make.nodes.append(helper.make_node("Identity", [logits], ["logits"]))
    make.nodes.append(helper.make_node("Identity", [x], ["hidden"]))
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        make.nodes,
        "policy428-meaning",
        [info(name, TensorProto.INT64, [1, "token"]) for name in ("ids", "kinds")],
        [
            info("logits", TensorProto.FLOAT, [1, len(state["head.bias"])]),
            info("hidden", TensorProto.FLOAT, [1, "token", size]),
        ],
        make.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="policy428")
    data: bytes = model.SerializeToString(deterministic=True)
    return data
