"""The encoder: BERT 6 x 384 with two more embedding tables (shape of the word, place and case of the sentence)."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import surface
from .windows import MAX_PIECES

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
POSITIONS = MAX_PIECES


class Noise:
    """Dropout masks cut at random places from one drawn pool: drawing them anew costs more than the layer itself."""

    def __init__(self, rate, size=1 << 23):
        self.rate, self.size, self.used, self.pool = rate, size, 0, None

    def __call__(self, x, training):
        if not training or not self.rate:
            return x
        if self.pool is None or self.used > 1000:
            self.pool, self.used = (torch.rand(self.size) >= self.rate).to(torch.bfloat16) / (1 - self.rate), 0
        self.used += 1
        at = int(torch.randint(self.size - x.numel(), (1,)))
        return x * self.pool[at:at + x.numel()].view_as(x)


class Layer(nn.Module):
    def __init__(self, noise):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.noise = noise

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel's backward pass is many times slower on a CPU.
        score = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(2, 3)
        weight = torch.softmax(score if mask is None else score + mask.to(q.dtype), -1, dtype=score.dtype)
        y = weight.to(v.dtype) @ v
        y = self.out(y.transpose(1, 2).reshape(b, n, HIDDEN))
        x = self.norm1(x + self.noise(y, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + self.noise(y, self.training))


class Encoder(nn.Module):
    def __init__(self, pieces, dropout=0.1):
        super().__init__()
        noise = Noise(dropout)
        self.piece = nn.Embedding(pieces, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.shape = nn.Embedding(surface.SHAPE_IDS, HIDDEN)
        self.context = nn.Embedding(surface.CONTEXT_IDS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(noise) for _ in range(LAYERS))
        self.noise = noise
        self.piece.weight.requires_grad_(False)  # the pieces keep their published vectors
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.context.weight)

    def load_start(self, tensors, rows):
        """Start weights of the published sentence encoder; its token-type row goes into the positions."""
        e = "embeddings."
        with torch.no_grad():
            self.piece.weight.copy_(tensors[e + "word_embeddings.weight"][rows])
            self.position.weight.copy_(tensors[e + "position_embeddings.weight"][:POSITIONS]
                                       + tensors[e + "token_type_embeddings.weight"][0])
            self.norm.weight.copy_(tensors[e + "LayerNorm.weight"])
            self.norm.bias.copy_(tensors[e + "LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = "encoder.layer.%d." % i
                for kind in ("weight", "bias"):
                    layer.qkv.get_parameter(kind).copy_(torch.cat(
                        [tensors[p + "attention.self.%s.%s" % (n, kind)] for n in ("query", "key", "value")]))
                    for ours, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                         ("up", "intermediate.dense"), ("down", "output.dense"),
                                         ("norm2", "output.LayerNorm")):
                        getattr(layer, ours).get_parameter(kind).copy_(tensors[p + theirs + "." + kind])

    def forward(self, pieces, shapes, contexts, mask):
        n = pieces.shape[1]
        x = self.piece(pieces) + self.position.weight[:n] + self.shape(shapes) + self.context(contexts)
        x = self.noise(self.norm(x), self.training)
        if self.training:
            x = x.bfloat16()
        attend = None if mask.all() else (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, attend)
        return x
