#!/usr/bin/env python3
"""
The examples of R's own manual, of topics on vectors and matrices, through the installed R and through `dist/cli.js eval`:
conformance-r.py [-v] [TOPIC...]. The texts of the examples are R's (GPL) and are read from the installed packages, never kept.
"""
import importlib.util
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("differential", HERE / "differential-r.py")
differential = importlib.util.module_from_spec(spec)
spec.loader.exec_module(differential)

TOPICS = """
base: matrix array aperm apply backsolve cbind chol chol2inv colSums col row crossprod cumsum det diag dim dimnames drop eigen norm
 kappa kronecker lower.tri matmult max.col outer qr QR.Auxiliaries scale solve svd sweep t slice.index
 seq rep rev sort order rank unique duplicated which which.min range mean Round sum prod Extremes Arithmetic Comparison Logic
 Extract c list unlist vector numeric integer logical character complex names length ifelse all.equal identical match sets
 lapply mapply funprog do.call Reduce Recall switch Control function paste sprintf format formatC cat print.default nchar substr
 strsplit toString abs exp Log Trig MathFun sign zapsmall append head tabulate cut diff is.finite NA NULL numeric_version bitwise
 Special rowsum rownames margin.table prop.table merge expand.grid interaction split stack tapply by Vectorize identity isSymmetric
 nlevels levels factor table data.frame trimws startsWith rle rapply array2DF arrayInd asplit mode typeof class attr attributes structure
 Negate pretty jitter choose
stats: cor cov.wt quantile median var sd mad weighted.mean dist fivenum IQR convolve toeplitz poly polyroot lm fft cumall setNames
 mahalanobis cor.test scale ave aggregate
""".split()


def topics():
    package = "base"
    for word in TOPICS:
        if word.endswith(":"):
            package = word[:-1]
        else:
            yield package, word


EXTRACT = r"""
args <- commandArgs(TRUE); folder <- args[1]
for (package in c("base", "stats", "utils")) {
  db <- tools::Rd_db(package)
  for (name in names(db)) {
    out <- file.path(folder, paste0(package, "-", sub("[.]Rd$", "", name), ".r"))
    tools::Rd2ex(db[[name]], out, commentDontrun = TRUE, commentDonttest = TRUE)
  }
}
"""


def main():
    wanted = [a for a in sys.argv[1:] if not a.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "extract.R"
        script.write_text(EXTRACT)
        subprocess.run(["Rscript", "--vanilla", str(script), folder], check=True, capture_output=True)
        sources, files = [], []
        for package, topic in topics():
            path = pathlib.Path(folder) / f"{package}-{topic}.r"
            if path.exists() and (not wanted or topic in wanted):
                sources.append(path.read_text())
                files.append(str(path))
        counts, wrong, unknown = differential.compare(sources, files)
    for where, expected, text in wrong:
        print("=" * 60, "\n".join(where.split("\n")[-12:]), "--- R:", expected, "--- here:", text, sep="\n")
    if "-v" in sys.argv:
        for message, n in differential.collections.Counter(m for m, _ in unknown).most_common(80):
            example = next(s for m, s in unknown if m == message)
            print(n, message, "|", example.strip().replace("\n", " \u23ce ")[:150])
    print(len(files), "topics", dict(counts))


main()
