#!/usr/bin/env python3
"""
What stands in functions and loops, each time that it runs: differential-passes.py SEED COUNT [FILE...]. The programs of
differential-programs.py, or the files that are given, run under Python with every expression in a function or a loop watched;
how often it runs, and its first, last and middle values, must be ours, or ours be unknown. Runs `dist/core.js`.
With --write first it prints programs and what Python says as golden data instead: test/golden/passes.json is --write 1 60.
"""
import ast
import contextlib
import importlib.util
import io
import json
import pathlib
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent
sys.argv[1:], arguments = ["0", "0"], sys.argv[1:]
spec = importlib.util.spec_from_file_location("programs", ROOT / "scripts" / "differential-programs.py")
programs = importlib.util.module_from_spec(spec)
with contextlib.suppress(SystemExit, ZeroDivisionError, subprocess.CalledProcessError), contextlib.redirect_stdout(io.StringIO()):
    spec.loader.exec_module(programs)

OURS = r"""
const { inspect, readDocument } = require(process.argv[1]);
const time = { seconds: 2, now: () => performance.now() / 1000 };
const asked = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(asked.map(({ source, questions }) => {
  const document = readDocument(source, 'python', undefined, time);
  return questions.map(({ start, end, pass }) => {
    const found = inspect(document, 'python', { start, end }, { limits: 'large', pass });
    return found && { status: found.status, text: found.text, message: found.message, pass: found.pass, span: found.span };
  });
})));
"""


class Watch(ast.NodeTransformer):
    """Puts `__see__(k, …)` around what is computed in functions, loops, comprehensions and lambdas."""

    def __init__(self):
        self.places, self.inside = [], 0

    def body(self, node):
        self.inside += 1
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse") and isinstance(value, list):
                setattr(node, name, [self.visit(v) for v in value])
        self.inside -= 1
        return node

    def visit_FunctionDef(self, node):
        # Python asks for a length more often than it needs it.
        return node if node.name == "__len__" else self.body(node)

    visit_For = visit_While = body

    def repeated(self, node):
        self.inside += 1
        super().generic_visit(node)
        self.inside -= 1
        return node

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = repeated

    def visit_Assign(self, node):
        # A name that is assigned, also in part, shows what it holds then.
        node.value = self.visit(node.value)
        return node

    visit_AugAssign = visit_AnnAssign = visit_Assign

    def visit_Delete(self, node):
        return node

    def visit_JoinedStr(self, node):
        return node

    def generic_visit(self, node):
        # What is printed is shown in the place of None.
        prints = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        super().generic_visit(node)
        if prints or not self.inside or not isinstance(node, (ast.BinOp, ast.Call, ast.Subscript, ast.Compare, ast.Name, ast.UnaryOp)):
            return node
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return node
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            return node
        self.places.append((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
        late = ast.Lambda(ast.arguments([], [], None, [], [], None, []), node)
        see = ast.Call(ast.Name("__see__", ast.Load()), [ast.Constant(len(self.places) - 1), late], [])
        return ast.copy_location(see, node)


class Late(Exception):
    pass


def watched(source):
    """For each place the texts of its values in order, or nothing where the program fails."""
    watch = Watch()
    tree = ast.fix_missing_locations(watch.visit(ast.parse(source)))
    seen = [[] for _ in watch.places]

    def see(k, late):
        try:
            value = late()
        except Exception as e:
            seen[k].append(f"{type(e).__name__}: {e}")
            raise
        seen[k].append(repr(value))
        return value

    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Late()))
    signal.alarm(4)
    ended = True
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(tree, "<watched>", "exec"), {"__name__": "__main__", "__see__": see})
    except Late:
        return None
    except Exception:
        ended = False
    finally:
        signal.alarm(0)
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans = [(starts[a - 1] + b, starts[c - 1] + d) for a, b, c, d in watch.places]
    return list(zip(spans, seen)), ended


def golden(asked, answers):
    """A program with some of its questions and their answers."""
    step = len(answers) // 12 + 1
    picked = list(zip(asked["questions"], answers))[::step]
    return {"source": asked["source"], "answers": [{**q, "count": len(t), "text": t[(p or len(t)) - 1]} for q, (t, p) in picked]}


def main():
    write = "--write" in arguments
    first, count, *files = [a for a in arguments if a != "--write"]
    sources = [pathlib.Path(f).read_text() for f in files] if files else [programs.Program(s).source() for s in range(int(first), int(first) + int(count))]
    asked, known = [], []
    for source in sources:
        # Offsets count UTF-16, columns UTF-8.
        if not source.isascii():
            continue
        try:
            found = watched(source)
        except SyntaxError:
            continue
        if not found:
            continue
        places, ended = found
        places = [(span, texts) for span, texts in places if texts and not any("0x" in t or t == "None" for t in texts)]
        questions = [
            {"start": s, "end": e, **({"pass": p} if p else {})} for (s, e), texts in places for p in sorted({0, 1, (len(texts) + 1) // 2})
        ]
        answers = [(texts, p) for _, texts in places for p in sorted({0, 1, (len(texts) + 1) // 2})]
        asked.append({"source": source, "questions": questions})
        known.append((answers, ended))
    if write:
        print("[\n" + ",\n".join(json.dumps(golden(a, k)) for a, (k, ended) in zip(asked, known) if ended and k) + "\n]")
        return
    ours = json.loads(subprocess.run(["node", "-e", OURS, str(ROOT / "dist" / "core.js")], input=json.dumps(asked), capture_output=True, text=True, check=True).stdout)
    tally = dict.fromkeys(["same", "told by the text", "unknown", "not shown", "wrong"], 0)
    for question, (answers, ended), found in zip(asked, known, ours):
        for q, (texts, number), answer in zip(question["questions"], answers, found):
            place = question["source"][q["start"] : q["end"]]
            if answer is None or (answer["span"]["start"], answer["span"]["end"]) != (q["start"], q["end"]):
                tally["not shown"] += 1
            elif answer["status"] == "unknown":
                tally["unknown"] += 1
            elif not ended:
                tally["not shown"] += 1
            elif not answer.get("pass") and answer.get("text", answer.get("message")) == texts[-1] == texts[0]:
                tally["told by the text"] += 1
            elif answer.get("pass") and answer["pass"]["count"] == len(texts) and answer.get("text", answer.get("message")) == texts[(number or len(texts)) - 1]:
                tally["same"] += 1
            else:
                tally["wrong"] += 1
                if tally["wrong"] <= 12:
                    print("=" * 40, question["source"], "-" * 40, f"{place!r} at {q}: ours {answer}, Python's {len(texts)}: {texts[(number or len(texts)) - 1]!r}", sep="\n")
    print(len(asked), "programs:", ", ".join(f"{n} {what}" for what, n in tally.items()))


main()
