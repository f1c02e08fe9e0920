#!/usr/bin/env python3
"""Writes a tiny but valid GGUF file that llama.cpp loads and generates from.

A llama architecture with seeded random weights, and a tokenizer with a few hundred pieces and a token for every byte,
so that every text can be said to it. What it says is nonsense, and always the same nonsense for the same seed. It
never ends by itself and never says a lone byte: a test decides how long an answer is, and the answer is always UTF-8.

Needs Python 3.9 or newer and nothing else.
"""

import argparse
import array
import pathlib
import random
import struct
import sys

ALIGNMENT = 32
F32 = 0

# GGUF's numbers for the types of values.
U32, I32, FLOAT, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9

# llama.cpp's numbers for the types of tokens.
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6

EMBEDDING, FORWARD, BLOCKS, HEADS, KV_HEADS = 64, 128, 2, 4, 2
HEAD = EMBEDDING // HEADS
VOCABULARY = 512

# The first feature of each token is this high, so that the first weight of an output row decides by itself.
CERTAIN, NEVER = 3.0, -40.0

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}"
)

SYLLABLES = (
    "a be ca de el fo ga he in jo ka lo mi no or pa qua re sa te um va wi xe yo za "
    "bra cle dri flo gra hum kin lin mon nor pel quo rin sol tan ung ver wol"
).split()


def vocabulary():
    """All tokens as (piece, score, type): the special ones, every byte, letters, words."""
    tokens = [("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL)]
    tokens += [("<0x%02X>" % value, 0.0, BYTE) for value in range(256)]
    pieces = ["\u2581"] + list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"-{}[]()/_")
    pieces += ["\u2581" + a for a in SYLLABLES]
    pieces += ["\u2581" + a + b for a in SYLLABLES for b in SYLLABLES]
    pieces = list(dict.fromkeys(pieces))[: VOCABULARY - len(tokens)]
    tokens += [(piece, float(-rank), NORMAL) for rank, piece in enumerate(pieces)]
    assert len(tokens) == VOCABULARY
    return tokens


def text(value):
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def scalar(kind, value):
    if kind == STRING:
        return text(value)
    return struct.pack({U32: "<I", I32: "<i", FLOAT: "<f", BOOL: "<?"}[kind], value)


def entry(key, kind, value):
    return text(key) + struct.pack("<I", kind) + scalar(kind, value)


def entries(key, kind, values):
    head = text(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
    return head + b"".join(scalar(kind, value) for value in values)


def metadata(name, context, tokens):
    return [
        entry("general.architecture", STRING, "llama"),
        entry("general.type", STRING, "model"),
        entry("general.name", STRING, name),
        entry("general.file_type", U32, 0),
        entry("general.alignment", U32, ALIGNMENT),
        entry("llama.context_length", U32, context),
        entry("llama.embedding_length", U32, EMBEDDING),
        entry("llama.block_count", U32, BLOCKS),
        entry("llama.feed_forward_length", U32, FORWARD),
        entry("llama.attention.head_count", U32, HEADS),
        entry("llama.attention.head_count_kv", U32, KV_HEADS),
        entry("llama.attention.layer_norm_rms_epsilon", FLOAT, 1e-5),
        entry("llama.rope.dimension_count", U32, HEAD),
        entry("llama.rope.freq_base", FLOAT, 10000.0),
        entry("llama.vocab_size", U32, len(tokens)),
        entry("tokenizer.ggml.model", STRING, "llama"),
        entry("tokenizer.ggml.pre", STRING, "default"),
        entries("tokenizer.ggml.tokens", STRING, [piece for piece, _, _ in tokens]),
        entries("tokenizer.ggml.scores", FLOAT, [score for _, score, _ in tokens]),
        entries("tokenizer.ggml.token_type", I32, [kind for _, _, kind in tokens]),
        entry("tokenizer.ggml.unknown_token_id", U32, 0),
        entry("tokenizer.ggml.bos_token_id", U32, 1),
        entry("tokenizer.ggml.eos_token_id", U32, 2),
        entry("tokenizer.ggml.add_bos_token", BOOL, True),
        entry("tokenizer.ggml.add_eos_token", BOOL, False),
        entry("tokenizer.chat_template", STRING, CHAT_TEMPLATE),
    ]


def weights(seed, tokens):
    """All tensors as (name, dimensions with the innermost first, values)."""
    chance = random.Random(seed)

    def matrix(columns, rows):
        spread = 1.0 / columns**0.5
        return [columns, rows], array.array("f", (chance.gauss(0.0, spread) for _ in range(columns * rows)))

    def ones():
        return [EMBEDDING], array.array("f", [1.0] * EMBEDDING)

    dims, embedding = matrix(EMBEDDING, len(tokens))
    for row in range(len(tokens)):
        embedding[row * EMBEDDING] = CERTAIN
    yield "token_embd.weight", dims, embedding
    for block in range(BLOCKS):
        shapes = {
            "attn_q": (EMBEDDING, EMBEDDING),
            "attn_k": (EMBEDDING, HEAD * KV_HEADS),
            "attn_v": (EMBEDDING, HEAD * KV_HEADS),
            "attn_output": (EMBEDDING, EMBEDDING),
            "ffn_gate": (EMBEDDING, FORWARD),
            "ffn_up": (EMBEDDING, FORWARD),
            "ffn_down": (FORWARD, EMBEDDING),
        }
        for norm in ("attn_norm", "ffn_norm"):
            yield ("blk.%d.%s.weight" % (block, norm), *ones())
        for part, (columns, rows) in shapes.items():
            dims, values = matrix(columns, rows)
            if part in ("attn_output", "ffn_down"):
                values[:columns] = array.array("f", [0.0] * columns)
            yield "blk.%d.%s.weight" % (block, part), dims, values
    yield ("output_norm.weight", *ones())
    dims, output = matrix(EMBEDDING, len(tokens))
    for row, (_, _, kind) in enumerate(tokens):
        output[row * EMBEDDING] = 0.0 if kind == NORMAL else NEVER
    yield "output.weight", dims, output


def padding(length):
    return b"\0" * (-length % ALIGNMENT)


def gguf(name, context, seed):
    tokens = vocabulary()
    pairs = metadata(name, context, tokens)
    infos, data = [], bytearray()
    tensors = list(weights(seed, tokens))
    for tensor, dims, values in tensors:
        infos.append(text(tensor) + struct.pack("<I%dQIQ" % len(dims), len(dims), *dims, F32, len(data)))
        if sys.byteorder == "big":
            values.byteswap()
        data += values.tobytes()
        data += padding(len(data))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs) + b"".join(infos)
    return head + padding(len(head)) + bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, help="where to write it")
    parser.add_argument("--name", default="Tiny Nonsense", help="general.name")
    parser.add_argument("--context", type=int, default=32768, help="tokens it says it was trained for")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same file, byte for byte")
    options = parser.parse_args()
    content = gguf(options.name, options.context, options.seed)
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_bytes(content)
    print("Wrote %s: %d bytes." % (options.file, len(content)))


if __name__ == "__main__":
    main()
