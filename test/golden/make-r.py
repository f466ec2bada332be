#!/usr/bin/env python3
"""
Writes r.json: what R 4.2 prints for the programs of r-sources.txt and for random ones of scripts/differential-r.py, statement by statement.
"""
import importlib.util
import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.argv = [sys.argv[0], "2026"]
spec = importlib.util.spec_from_file_location("differential", HERE.parent.parent / "scripts" / "differential-r.py")
differential = importlib.util.module_from_spec(spec)
spec.loader.exec_module(differential)

RANDOM = 160

sources = (HERE / "r-sources.txt").read_text().split("----\n")
sources += ["\n".join(differential.program()) + "\n" for _ in range(RANDOM)]
with tempfile.TemporaryDirectory() as folder:
    files = []
    for number, source in enumerate(sources):
        path = pathlib.Path(folder) / f"p{number}.r"
        path.write_text(source)
        files.append(str(path))
    found = differential.reference(files)
rows = []
for source, results in zip(sources, found):
    kept = [{"line": r["line"], **({"error": r["error"]} if "error" in r else {"text": r["text"]})} for r in results if "error" in r or r["text"]]
    rows.append(json.dumps({"source": source, "results": kept}, ensure_ascii=False))
(HERE / "r.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
print(len(rows), "programs", sum(row.count('"line"') for row in rows), "results")
