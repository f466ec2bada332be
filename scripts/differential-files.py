#!/usr/bin/env python3
"""
Files of people's own, through Python and through `dist/core.js`: differential-files.py FOLDER [--kept FOLDER] [--show N] [--only TEXT].
Python runs each file once, without a network, as nobody and for a limited time, and writes down what every assigned name, every
expression of the top level and every print comes to. Ours, asked at the same places, must say the same or that it is unknown.
`--kept` keeps what Python said from one run to the next. Needs the permission to leave the network (root), and numpy.
"""
import argparse
import ast
import collections
import concurrent.futures
import json
import math
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECONDS = 6
MOST_ITEMS = 1000
MOST_TIMES = 20
MOST_KINDS = 4


# What Python says: the file is rewritten so that it tells what its parts come to, and run.


class Told:
    """What each place of a file came to: the values that were met there, in the order of their first time."""

    def __init__(self):
        self.values, self.times, self.failed = {}, collections.Counter(), False

    def tell(self, key, value):
        self.times[key] += 1
        if self.times[key] <= MOST_TIMES:
            try:
                self.add(key, plain(value))
            except Exception:
                self.add(key, {"type": "other", "name": "what cannot be written down"})
        return value

    def add(self, key, told):
        met = self.values.setdefault(key, [])
        if self.failed:
            told = {**told, "after": True}
        if told not in met and len(met) < MOST_KINDS:
            met.append(told)

    def show(self, key, value):
        self.times[key] += 1
        if value is not None and self.times[key] <= MOST_TIMES and type(value).__module__ in ("builtins", "numpy", "torch"):
            self.add(key, {"type": "shown", "value": repr(value)[:20_000]})
        return value

    def print(self, key, *values, sep=" ", end="\n", file=None, flush=False):
        self.times[key] += 1
        if file is None and self.times[key] <= MOST_TIMES:
            text = (" " if sep is None else sep).join(str(v) for v in values) + ("\n" if end is None else end)
            self.add(key, {"type": "printed", "value": text})


def plain(v, depth=0):
    """A value as plain data, in the form of the command line's `--json`."""
    import numpy as np

    if depth > 6:
        return {"type": "other", "name": "deep"}
    if v is None:
        return {"type": "none"}
    if isinstance(v, (bool, np.bool_)):
        return {"type": "bool", "value": bool(v)}
    if isinstance(v, (int, float, np.integer, np.floating)):
        dtype = v.dtype.name if isinstance(v, np.generic) else "int64" if isinstance(v, int) else "float64"
        return {"type": "number", "dtype": dtype, "value": number(v)}
    if isinstance(v, (complex, np.complexfloating)):
        return {"type": "complex", "value": number(v)}
    if isinstance(v, str):
        return {"type": "string", "value": str(v)[:MOST_ITEMS]}
    if type(v).__module__.startswith("torch") and type(v).__name__ in ("Tensor", "Parameter"):
        v = v.detach().numpy()
    if isinstance(v, np.ma.MaskedArray) or (isinstance(v, np.ndarray) and v.dtype.kind not in "biufcU"):
        return {"type": "other", "name": f"{type(v).__name__} of {v.dtype}"}
    if isinstance(v, np.ndarray):
        data = [number(x) for x in v.ravel()[:MOST_ITEMS].tolist()] if v.dtype.kind != "f" or v.itemsize != 16 else []
        return {"type": "array", "dtype": v.dtype.name, "shape": list(v.shape), "data": data, "class": type(v).__name__}
    if isinstance(v, (list, tuple, range)):
        kind = "tuple" if isinstance(v, tuple) else "list"
        return {"type": kind, "length": len(v), "items": [plain(x, depth + 1) for x in v[:MOST_ITEMS]]}
    if isinstance(v, dict):
        return {"type": "dict", "items": [[plain(k, depth + 1), plain(x, depth + 1)] for k, x in list(v.items())[:MOST_ITEMS]]}
    if isinstance(v, (set, frozenset)):
        return {"type": "set", "items": [plain(x, depth + 1) for x in v]}
    return {"type": "other", "name": type(v).__name__}


def number(x):
    if isinstance(x, str):
        return x
    if isinstance(x, complex) or hasattr(x, "imag") and type(x).__name__.startswith("complex"):
        return [number(float(x.real)), number(float(x.imag))]
    if isinstance(x, bool):
        return x
    if isinstance(x, int) or hasattr(x, "dtype") and x.dtype.kind in "iu":
        return int(x) if abs(int(x)) < 2**53 else str(int(x))
    x = float(x)
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


class Teller(ast.NodeTransformer):
    """Rewrites a file so that it tells. A key is where the part begins and ends in the text, counted as the editor does."""

    def __init__(self, source):
        self.lines, self.starts = source.split("\n"), [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line) + 1)
        self.depth = self.inner = 0

    def offset(self, line, column):
        return self.starts[line - 1] + units(self.lines[line - 1].encode()[:column].decode())

    def key(self, node, kind):
        return f"{kind}:{self.offset(node.lineno, node.col_offset)}:{self.offset(node.end_lineno, node.end_col_offset)}"

    def told(self, node, kind, value):
        call = ast.Call(ast.Name("__tell__", ast.Load()), [ast.Constant(self.key(node, kind)), value], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))

    def function(self, node):
        self.depth += 1
        node.body = [t for s in node.body for t in many(self.visit(s))]
        self.depth -= 1
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = function

    def scope(self, node):
        return node

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_JoinedStr = visit_Global = scope

    def after(self, node, targets):
        names = []
        for t in targets:
            names += [n for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        # Of `a, _, _ = …` the last one stays.
        names = list({n.id: n for n in names}.values())
        tells = [ast.copy_location(ast.Expr(self.told(n, "name", ast.copy_location(ast.Name(n.id, ast.Load()), n))), node) for n in names]
        return [node, *(ast.fix_missing_locations(t) for t in tells)]

    def visit_Assign(self, node):
        node.value = self.visit(node.value)
        return self.after(node, node.targets)

    def visit_AugAssign(self, node):
        node.value = self.visit(node.value)
        return self.after(node, [node.target])

    def visit_AnnAssign(self, node):
        if node.value is None:
            return node
        node.value = self.visit(node.value)
        return self.after(node, [node.target]) if self.depth == 0 else node

    def visit_Expr(self, node):
        v = node.value
        if isinstance(v, (ast.Constant, ast.Yield, ast.YieldFrom, ast.Await)):
            return node
        if isinstance(v, ast.Call) and isinstance(v.func, ast.Name) and v.func.id == "print":
            v.func.id = "__print__"
            key = self.key(v, "print")
            v = self.generic_visit(v)
            node.value = ast.copy_location(ast.Call(v.func, [ast.copy_location(ast.Constant(key), v), *v.args], v.keywords), v)
            return ast.fix_missing_locations(node)
        shown = self.key(v, "shown")
        node.value = self.visit(v)
        if self.depth == 0:
            call = ast.Call(ast.Name("__show__", ast.Load()), [ast.Constant(shown), node.value], [])
            node.value = ast.fix_missing_locations(ast.copy_location(call, v))
        return node

    def part(self, node):
        if self.depth > 0 or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return self.generic_visit(node)
        key = node
        node = self.generic_visit(node) if not isinstance(node, ast.Attribute) else node
        return self.told(key, "part", node)

    def visit_Name(self, node):
        return self.told(node, "part", node) if self.depth == 0 and isinstance(node.ctx, ast.Load) and not node.id.startswith("__") else node

    visit_BinOp = visit_Compare = visit_Subscript = visit_UnaryOp = visit_BoolOp = visit_Attribute = visit_IfExp = part

    def visit_Call(self, node):
        told = self.key(node, "part")
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        if not (isinstance(node.func, ast.Name) and node.func.id in ("super", "locals", "vars", "globals", "exec", "eval", "dir")):
            node.args = [self.visit(a) for a in node.args]
            node.keywords = [self.visit(k) for k in node.keywords]
        if self.depth > 0:
            return node
        call = ast.Call(ast.Name("__tell__", ast.Load()), [ast.Constant(told), node], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))

    def visit_With(self, node):
        node.body = [t for s in node.body for t in many(self.visit(s))]
        return node

    def visit_For(self, node):
        node.iter = self.visit(node.iter)
        node.body = [t for s in node.body for t in many(self.visit(s))]
        node.orelse = [t for s in node.orelse for t in many(self.visit(s))]
        return node

    def visit_Delete(self, node):
        return node


def units(text):
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def many(node):
    return node if isinstance(node, list) else [node]


def record(path, place):
    """Runs one file, statement by statement as a notebook does, and writes what it told; what fails is passed over."""
    import io
    import resource
    import warnings

    warnings.simplefilter("ignore")
    source = pathlib.Path(path).read_text()
    told, out = Told(), os.fdopen(os.dup(1), "w")
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
    os.chdir(place)
    sys.stdin, sys.stdout, sys.stderr, sys.argv = io.StringIO(), io.StringIO(), io.StringIO(), [path]
    main = type(sys)("__main__")
    sys.modules["__main__"] = main
    main.__dict__.update(__tell__=told.tell, __print__=told.print, __show__=told.show, __file__=path)
    errors = collections.Counter()

    class Late(BaseException):
        pass

    ends = []

    def late(*_):
        ends.append(True)
        signal.alarm(1)
        raise Late

    # What takes long to load is no part of the file's time.
    for library in ("torch", "scipy.stats", "matplotlib.pyplot", "pandas", "sklearn.linear_model"):
        if library.split(".")[0] in source:
            try:
                __import__(library)
            except ImportError:
                pass
    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        for node in Teller(source).visit(ast.parse(source)).body:
            try:
                exec(compile(ast.Module([node], []), path, "exec"), main.__dict__)
            except Late:
                raise
            except BaseException as e:
                if ends:
                    break
                told.failed = True
                errors[f"{type(e).__name__}: {str(e)[:80]}"] += 1
    except (Late, RecursionError, SyntaxError) as e:
        errors[type(e).__name__] += 1
    signal.alarm(0)
    json.dump({"values": told.values, "times": told.times, "errors": errors}, out)
    out.flush()
    os._exit(0)


def said(path, kept):
    """What Python says of a file, as kept or from a run."""
    place = kept / (path.stem + ".json")
    if place.exists():
        return json.loads(place.read_text())
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        env = {"PATH": "/usr/bin:/bin", "HOME": folder, "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        alone = ["unshare", "-n", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"]
        command = [*alone, "/usr/bin/python3", str(pathlib.Path(__file__).resolve()), "--record", str(path), folder]
        try:
            done = subprocess.run(command, capture_output=True, env=env, timeout=3 * SECONDS, stdin=subprocess.DEVNULL)
            found = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError) as e:
            found = {"values": {}, "times": {}, "errors": {f"{type(e).__name__}: the run left nothing": 1}}
    place.write_text(json.dumps(found))
    return found


# What ours says

OURS = r"""
const { readDocument, evaluateSource, locate, toJson } = require(process.argv[1]);
const fs = require('node:fs');
const now = () => performance.now() / 1000;
const MOST = Number(process.argv[2]);
const cut = v => v && v.type === 'array' ? { ...v, data: v.data.slice(0, MOST) } : v && Array.isArray(v.items) ? { ...v, length: v.items.length, items: v.items.slice(0, MOST).map(i => Array.isArray(i) ? i.map(cut) : cut(i)) } : v;
const bare = (text, { start, end }) => {
  while (start < end && /[\s(]/.test(text[start]) && (text[start] !== '(' || text[end - 1] === ')')) {
    if (text[start] === '(') end--;
    start++;
    while (end > start && /\s/.test(text[end - 1])) end--;
  }
  return `${start}:${end}`;
};
const answer = (outcome, kind) => outcome.status === 'ok'
  ? { status: 'ok', kind: outcome.value.kind, library: outcome.value.library, lazy: outcome.value.lazy, value: cut(toJson(outcome.value)), printed: outcome.printed }
  : { status: outcome.status, message: outcome.message };
for (const { file, keys } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const text = fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const answers = {}, begun = now(), end = now() + 4;
  let start = now();
  evaluateSource(readDocument(text, 'python'), 'python', { limits: 'small', assignments: true });
  const whole = now() - start;
  const small = readDocument(text, 'python');
  const document = readDocument(text, 'python', undefined, { seconds: 0.3, now });
  const parts = new Map();
  for (const site of document.bindings.sites) {
    const place = { scope: site.scope, block: site.block, order: site.order, dialect: site.statement.dialect };
    const walk = node => {
      if (Array.isArray(node)) return node.forEach(walk);
      if (!node || typeof node !== 'object' || ArrayBuffer.isView(node)) return;
      if (typeof node.kind === 'string' && node.span && node !== site.statement) {
        const at = bare(text, node.span), plain = `${node.span.start}:${node.span.end}`;
        if (!parts.has(at)) parts.set(at, { node, place });
        if (!parts.has(plain)) parts.set(plain, { node, place });
      }
      for (const [key, v] of Object.entries(node)) if (!['bodies', 'body', 'span', 'dense', 'array'].includes(key)) walk(v);
    };
    walk(site.statement);
  }
  const ask = (doc, limits, kind, at) => {
    if (kind === 'name') {
      const located = locate(doc, 'python', Number(at.split(':')[0]));
      return located && located.kind === 'target' ? doc.evaluator(limits).valueOf(located.version) : undefined;
    }
    const part = parts.get(at);
    return part ? doc.evaluator(limits).evaluate(part.node, part.place) : undefined;
  };
  const texts = new Map(evaluateSource(document, 'python').map(e => [e.span.start, { status: e.status, text: e.text ?? '', message: e.message }]));
  let slowest = 0, slow = '';
  for (const key of keys) {
    const [kind, at] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    start = now();
    ask(document, 'small', kind, at);
    if (now() - start > slowest) [slowest, slow] = [now() - start, key];
    if (kind === 'shown') {
      const e = texts.get(Number(at.split(':')[0]));
      if (e) answers[key] = e;
      continue;
    }
    const outcome = ask(document, now() < end ? 'large' : 'small', kind, at);
    answers[key] = outcome ? answer(outcome) : { status: 'unknown', message: 'nothing is meant here' };
  }
  console.log(JSON.stringify({ file, total: now() - begun, whole, slowest, slow, answers }));
}
"""


def ours(asked):
    """What ours says at each place of each file. One process asks for many files; what ends it is told and passed over."""
    found = {}
    for i in range(0, len(asked), 10):
        group = asked[i : i + 10]
        command = ["node", "--max-old-space-size=4000", "-e", OURS, str(ROOT / "dist" / "core.js"), str(MOST_ITEMS)]
        done = subprocess.run(command, input=json.dumps(group), capture_output=True, text=True)
        print(f"{i + len(group)} of {len(asked)}", file=sys.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        found.update((line["file"], line) for line in lines)
        for a in group:
            if a["file"] in found:
                continue
            alone = subprocess.run(command, input=json.dumps([a]), capture_output=True, text=True)
            try:
                found[a["file"]] = json.loads(alone.stdout)
            except ValueError:
                print(f"CRASH {a['file']}: {alone.stderr[-500:]}")
    return found


# The comparison


def judge(ours, theirs):
    """'same', 'close', 'wrong', or 'other' where Python's value has no form here."""
    if theirs["type"] == "other":
        return "other"
    if theirs["type"] in ("printed", "shown"):
        return alike(ours["value"], theirs["value"])
    if ours["type"] != theirs["type"]:
        return "wrong"
    kind = theirs["type"]
    if kind in ("list", "tuple", "set", "dict"):
        if ours.get("length", len(ours["items"])) != theirs.get("length", len(theirs["items"])):
            return "wrong"
        if kind == "set":
            return "same" if sorted(map(json.dumps, ours["items"])) == sorted(map(json.dumps, theirs["items"])) else "wrong"
        pairs = list(zip(ours["items"], theirs["items"]))
        if kind == "dict":
            pairs = [pair for (k, v), (l, w) in pairs for pair in ((k, l), (v, w))]
        return worst(judge(a, b) for a, b in pairs)
    if kind == "array":
        if ours["shape"] != theirs["shape"] or not types_agree(ours["dtype"], theirs["dtype"]):
            return "wrong"
        return near(ours["data"], theirs["data"], theirs["dtype"])
    if kind in ("number", "complex"):
        if kind == "number" and ours["dtype"] != theirs["dtype"]:
            return "wrong"
        return near([ours["value"]], [theirs["value"]], theirs.get("dtype", "complex128"))
    if kind == "string":
        return "same" if ours["value"][:MOST_ITEMS] == theirs["value"] else "wrong"
    return "same" if ours.get("value") == theirs.get("value") else "wrong"


NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")


def alike(ours, theirs):
    """Two texts: the same, or of the same words with numbers that hardly differ."""
    if ours == theirs:
        return "same"
    if NUMBER.sub(" # ", ours).split() != NUMBER.sub(" # ", theirs).split():
        return "wrong"
    return near(*([float(n) for n in NUMBER.findall(text)] for text in (ours, theirs)), "float64")


def types_agree(ours, theirs):
    return ours == theirs or (theirs.startswith("str") and ours == f"<U{int(theirs[3:]) // 32}")


def worst(verdicts):
    found = set(verdicts)
    return next((v for v in ("wrong", "other", "close") if v in found), "same")


def near(ours, theirs, dtype):
    if ours == theirs:
        return "same"
    if len(ours) != len(theirs):
        return "wrong"
    flat = lambda data: [y for x in data for y in (x if isinstance(x, list) else [x])]
    a, b = flat(ours), flat(theirs)
    if len(a) != len(b):
        return "wrong"
    finite = [abs(y) for y in b if isinstance(y, (int, float))]
    limit = (1e-4 if dtype in ("float32", "complex64") else 1e-2 if dtype == "float16" else 1e-9) * max(finite, default=0)
    for x, y in zip(a, b):
        if x == y:
            continue
        if not isinstance(x, (int, float)) or not isinstance(y, (int, float)) or dtype.startswith(("int", "uint", "bool")) or abs(x - y) > max(limit, 1e-12):
            return "wrong"
    return "close"


def verdict(key, answer, theirs):
    """One place: what is known of ours against all that was met there."""
    if answer["status"] != "ok":
        return "other" if all(t["type"] == "other" for t in theirs) else answer["status"]
    if key.startswith("shown:"):
        value = {"type": "shown", "value": answer["text"][:20_000]}
    elif key.startswith("print:"):
        value = {"type": "printed", "value": answer["printed"]}
    else:
        value = answer["value"]
        if answer.get("kind") in ("generator", "slice", "ellipsis", "module", "function", "dtype") or answer.get("lazy") == "":
            return "other"
    verdicts = [judge(value, t) for t in theirs]
    good = next((v for v in ("same", "close", "other") if v in verdicts), None)
    if good is None:
        return "wrong"
    return good if len(set(verdicts)) == 1 or good == "other" else "varies"


REASONS = [(r"'[^']*'", "'…'"), (r"^[\w.\[\]]+: ", "NAME: "), (r"\d+", "N")]


def reason(message):
    for pattern, instead in REASONS:
        message = re.sub(pattern, instead, message)
    return message


def source_of(text, key):
    """The part of a text that a key means."""
    start, end = map(int, key.split(":")[1:])
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def short(value):
    text = json.dumps(value)
    return text if len(text) < 300 else text[:300] + "…"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--kept", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--unknowns", default="", help="list the places that are unknown for a reason with this text")
    options = parser.parse_args()
    kept = options.kept or pathlib.Path(tempfile.mkdtemp())
    kept.mkdir(exist_ok=True)
    files = [f for f in sorted(options.folder.glob("*.py")) if options.only in f.name]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        heard = dict(zip(map(str, files), pool.map(lambda f: said(f, kept), files)))
    asked = [{"file": f, "keys": list(h["values"])} for f, h in heard.items()]
    answers = ours(asked)
    counts, reasons, raw, unwritten = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter), collections.Counter()
    places, slow = collections.defaultdict(set), []
    listed = 0
    for file, found in answers.items():
        text = pathlib.Path(file).read_text()
        slow.append((found["total"], found["whole"], found["slowest"], file, found["slow"]))
        for key, theirs in heard[file]["values"].items():
            answer = found["answers"].get(key)
            if answer is None:
                continue
            if answer.get("message") == "nothing is meant here" and re.fullmatch(r"[-+][\d.e]+", source_of(text, key)):
                continue
            v = verdict(key, answer, theirs)
            after = v in ("wrong", "error") and theirs[0].get("after")
            kind = key.split(":")[0]
            counts[kind, v + " after an error" if after else v] += 1
            line = text.encode("utf-16-le")[: 2 * int(key.split(":")[1])].decode("utf-16-le").count("\n") + 1
            source = source_of(text, key)
            if v == "unknown" and all(t["type"] == "none" for t in theirs):
                counts[kind, v] -= 1
                counts[kind, "nothing to show"] += 1
            elif v == "unknown":
                r = reason(answer["message"])
                reasons[r] += 1
                raw[r][answer["message"]] += 1
                places[r].add(file)
                if options.unknowns and options.unknowns in answer["message"]:
                    print(f"{file}:{line} {source[:80]!r}: {answer['message']}")
            elif v == "other" and answer["status"] == "ok":
                unwritten[theirs[0].get("name"), answer["kind"]] += 1
            elif v in ("wrong", "varies", "error"):
                if v != "varies" and listed < options.show:
                    listed += 1
                    mine = answer.get("message") or answer.get({"print": "printed", "shown": "text"}.get(kind, "value"))
                    print(f"{v.upper()}{' (after an error)' if after else ''} {file}:{line} {kind} {source[:100]!r}\n    ours     {short(mine)}\n    Python's {' | '.join(short(t) for t in theirs[:2])}")
    for r, n in reasons.most_common(60):
        most, times = raw[r].most_common(1)[0]
        print(f"{n:7} in {len(places[r]):4} files  {r}   [{most} ×{times}]")
    print("not compared:", unwritten.most_common(12))
    for k in (0, 1, 2):
        for row in sorted(slow, key=lambda row: -row[k])[:8]:
            print("  ".join(f"{name} {row[n]:6.2f} s" for n, name in enumerate(("all", "file", "place"))), *row[3:])
    for kind in ("name", "part", "print", "shown"):
        print(kind, {v: n for (k, v), n in sorted(counts.items()) if k == kind})
    print(f"{len(answers)} files, {sum(counts.values())} places")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--record"]:
        record(*sys.argv[2:])
    main()
