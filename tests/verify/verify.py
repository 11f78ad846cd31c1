#!/usr/bin/env python3
"""Verifies an exported journal without any code of kaowu: python3 verify.py FILE [PUBLIC_KEY]

The form is told in docs/journal.md. Exit status 0: everything holds; 1: the first thing that does not is named.
PUBLIC_KEY is the site's key as people have it on paper (RW...); without it the keys that the file names are used,
and a file that was made anew as a whole, keys and all, cannot be told.
"""
import base64
import hashlib
import json
import struct
import sys

GENESIS = "0" * 64


class Broken(Exception):
    pass


def feed(hasher, part):
    """Eight bytes of length, then the bytes; nothing is the length 2**64 - 1."""
    if part is None:
        hasher.update(b"\xff" * 8)
        return
    if isinstance(part, str):
        part = part.encode("utf-8")
    hasher.update(struct.pack("<Q", len(part)) + part)


def number(value):
    return None if value is None else struct.pack("<q", value)


def lasting(rows):
    hasher = hashlib.sha256()
    for row in rows:
        feed(hasher, number(row["seq"]))
        feed(hasher, row["record"])
        feed(hasher, row["key"])
        feed(hasher, number(row["upto"]))
        feed(hasher, row["digest"])
    return hasher.digest()


def content(op):
    if op["content"] is not None:
        return op["content"]
    images = hashlib.sha256((op["salt"] or "").encode())
    for row in op["rows"]:
        feed(images, row["before"])
        feed(images, row["after"])
    hasher = hashlib.sha256()
    feed(hasher, "kaowu-content-1")
    feed(hasher, op["salt"])
    feed(hasher, op["params"])
    feed(hasher, op["reason"])
    feed(hasher, images.digest())
    return hasher.hexdigest()


def digest(op):
    hasher = hashlib.sha256()
    feed(hasher, "kaowu-operation-2")
    feed(hasher, op["prev"])
    feed(hasher, number(op["id"]))
    for name in ("op_id", "kind", "site", "station", "actor_name", "actor_roles", "face", "changes"):
        feed(hasher, op[name])
    feed(hasher, number(op["at"]))
    for name in ("actor", "batch", "undoes"):
        feed(hasher, number(op[name]))
    feed(hasher, op["policy"])
    feed(hasher, lasting(op["rows"]))
    feed(hasher, content(op))
    return hasher.hexdigest()


# Ed25519 (RFC 8032), verification only; slow and plain.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(one, two):
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, of):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, of)
        of = add(of, of)
        scalar >>= 1
    return result


def equal(one, two):
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    owner, nonce = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if owner is None or nonce is None or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(challenge, "little") % ORDER
    return equal(multiply(scalar, BASE), add(nonce, multiply(challenge, owner)))


def key_bytes(text):
    """RW...: two letters, eight bytes of number, thirty-two of key."""
    raw = base64.b64decode(text, validate=True)
    if len(raw) != 42 or raw[:2] != b"Ed" or raw[2:10] != hashlib.sha256(raw[10:]).digest()[:8]:
        raise Broken("a public key that is none")
    return raw[10:]


def check_head(text, lineages, digests, paper):
    message, _, signature = text.rpartition(" ")
    parts = message.split(" ")
    if len(parts) != 5 or parts[0] != "kaowu-head-1":
        raise Broken("a head that is none: " + text[:40])
    no, head, lineage = int(parts[1]), parts[2], parts[3]
    place = next((i for i, one in enumerate(lineages) if one["code"] == lineage), None)
    if place is None:
        named = any((one["found"] or "").endswith(lineage) for one in lineages)
        if named:
            return False
        raise Broken(f"head {no} is of a lineage that the file does not name")
    key = paper or lineages[place]["public_key"]
    if key is None or not signed(key_bytes(key), message.encode(), base64.b64decode(signature, validate=True)):
        raise Broken(f"head {no} is not signed with the key of the site")
    if any(no > later["parent_no"] for later in lineages[place + 1:]):
        return False
    if digests.get(no) != head:
        raise Broken(f"head {no} is not in the journal")
    return True


def check_lineages(lineages, digests):
    for place, lineage in enumerate(lineages):
        if place and digests.get(lineage["parent_no"]) != lineage["parent_digest"]:
            raise Broken(f"lineage {place + 1} goes on from a head that is not in the journal")


def verify(path, paper=None):
    previous, expected, digests, heads, header, erased = GENESIS, 1, {0: GENESIS}, [], None, 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            if "format" in value:
                if value["format"] != "kaowu-journal-1" or expected != 1:
                    raise Broken("a format that this program does not know")
                header = value
            elif "head" in value and "id" not in value:
                heads.append(value["head"])
            else:
                if value["id"] != expected or value["prev"] != previous:
                    raise Broken(f"operation {expected} does not follow")
                if (value["salt"] is None) == (value["content"] is None) or digest(value) != value["digest"]:
                    raise Broken(f"operation {expected} was altered")
                previous, expected = value["digest"], expected + 1
                digests[value["id"]] = value["digest"]
                erased += value["content"] is not None
    good = left = 0
    if header is not None:
        if (header["operations"], header["head"]) != (expected - 1, previous):
            raise Broken("the header names another end")
        check_lineages(header["lineages"], digests)
        for text in heads:
            if check_head(text, header["lineages"], digests, paper):
                good += 1
            else:
                left += 1
    return expected - 1, previous, erased, good, left


def main():
    try:
        operations, head, erased, good, left = verify(*sys.argv[1:3])
    except Broken as broken:
        print(f"BROKEN: {broken}")
        return 1
    except (ValueError, KeyError, TypeError) as error:
        print(f"BROKEN: not a journal: {error!r}")
        return 1
    groups = " ".join(head[i:i + 4] for i in range(0, 64, 4))
    print(f"OK: {operations} operations, {erased} without words, {good} signed heads, {left} left by a later lineage")
    print(groups)
    return 0


if __name__ == "__main__":
    sys.exit(main())
