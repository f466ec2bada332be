#!/usr/bin/env python3
"""
Seeded random R programs, as people write them, through the installed R and through `dist/cli.js eval`:
differential-r.py SEED COUNT [-v]. Statement by statement the text must be the same, or ours unknown.
"""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parent.parent
rng = random.Random(int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 1)


def pick(*options):
    return rng.choice(options)


def integer():
    return str(rng.randint(-9, 9))


def decimal():
    return repr(round(rng.uniform(-10, 10), rng.randint(1, 3)))


def entry(kind):
    if kind == "digit":
        return integer()
    if kind == "decimal":
        return decimal()
    if kind == "long":
        return f"{rng.randint(-9, 9)}L"
    if kind == "wide":
        return pick("0", "1e-3", "1e5", "1e6", "12345", "0.001", "2.5e-4", "-7e3", "1e10", "99999", "3.14159", "1000.5", integer())
    if kind == "special":
        return pick("NaN", "Inf", "-Inf", "NA", integer(), integer(), decimal())
    if kind == "fraction":
        return pick("1/3", "2/3", "1/7", "sqrt(2)", "pi", "exp(1)", "-1/6", "0", integer())
    if kind == "complex":
        return pick("1+2i", "3-4i", "2i", "-1i", "0.5+1.5i", integer(), "1i", "(2-3i)")
    if kind == "truth":
        return pick("TRUE", "FALSE", "TRUE", "FALSE", "NA" if rng.random() < 0.3 else "TRUE")
    return integer()


KINDS = ["digit"] * 7 + ["decimal"] * 4 + ["wide", "special", "fraction", "complex", "truth", "long"]


def values(n, kind=None):
    kind = kind or pick(*KINDS)
    return "c(" + ", ".join(entry(kind) for _ in range(n)) + ")"


def names(n, prefix=None):
    stock = prefix or pick(["a", "b", "c", "d", "e"], ["x1", "x2", "x3", "x4", "x5"], ["red", "green", "blue", "white", "black"])
    return "c(" + ", ".join(f'"{stock[k % 5]}"' for k in range(n)) + ")"


def literal(r, c, kind=None):
    extra = pick("", "", "", ", byrow = TRUE", ", byrow = TRUE")
    if rng.random() < 0.12:
        extra += f", dimnames = list({names(r, ['r1', 'r2', 'r3', 'r4', 'r5'])}, {names(c)})"
    size = pick(f"nrow = {r}", f"ncol = {c}", f"nrow = {r}, ncol = {c}", f"{r}, {c}")
    return f"matrix({values(r * c, kind)}, {size}{extra})"


def well(n):
    """A square matrix that is not singular."""
    return f"matrix(c({', '.join(str(rng.randint(-4, 4) + (10 if i == j else 0)) for i in range(n) for j in range(n))}), {n})"


def positive(n):
    b = [[rng.randint(-2, 2) for _ in range(n)] for _ in range(n)]
    a = [[sum(b[k][i] * b[k][j] for k in range(n)) + (n if i == j else 0) for j in range(n)] for i in range(n)]
    return f"matrix(c({', '.join(str(x) for row in a for x in row)}), {n})"


def matrix(r, c):
    return pick(
        literal(r, c), literal(r, c), literal(r, c), literal(r, c), f"matrix(0, {r}, {c})", f"matrix(1:{r * c}, {r}, {c})", f"matrix(1:{r * c}, nrow = {r}, byrow = TRUE)",
        f"diag({r})" if r == c else literal(r, c), f"diag({values(r, 'digit')})" if r == c and r > 1 else literal(r, c), f"t({literal(c, r)})", f"outer(1:{r}, 1:{c})",
        f"outer(1:{r}, 1:{c}, '+')", f"cbind({', '.join(values(r, 'digit') for _ in range(c))})", f"rbind({', '.join(values(c, 'digit') for _ in range(r))})", f"array(1:{r * c}, dim = c({r}, {c}))",
        f"{literal(r, c, 'digit')} > 0", f"sapply(1:{c}, function(j) j * (1:{r}))" if r > 1 else literal(r, c),
    )


def vector(n):
    return pick(values(n), values(n), values(n), values(n), f"1:{n}", f"seq(0, 1, length.out = {n})", f"{n}:1", f"(1:{n})^2", f"rep({integer()}, {n})", f"seq({integer()}, by = {pick('2', '0.5', '-1')}, length.out = {n})", f"seq_len({n}) / {pick('2', '3', '10')}",
                f"c({', '.join(f'{x} = {integer()}' for x in 'abcdefg'[:n])})", f"setNames({values(n)}, {names(n)})", f"rev(1:{n})", f"cumsum(1:{n})")


class Program:
    def __init__(self):
        self.shape = {}

    def name(self, test=lambda s: True):
        found = [n for n, s in self.shape.items() if test(s)]
        return rng.choice(found) if found else None

    def assign(self):
        k = rng.random()
        arrow = pick("<-", "<-", "<-", "<-", "=")
        if k < 0.42:
            n = pick("A", "B", "C", "M", "X")
            r, c = rng.randint(1, 4), rng.randint(1, 4)
            if rng.random() < 0.5:
                c = r
            self.shape[n] = (r, c)
            return f"{n} {arrow} {matrix(r, c)}"
        if k < 0.76:
            n = pick("v", "w", "x", "u")
            self.shape[n] = "vector"
            return f"{n} {arrow} {vector(rng.randint(2, 6))}"
        if k < 0.82:
            n = pick("l", "p")
            self.shape[n] = "list"
            held = pick("a = 1, b = 2:3", "1, 2", "x = c(1, 2), y = 'text'", "A = diag(2), b = 1:2", "1:3, 'a', TRUE", "a = list(b = 1, c = 2)")
            return f"{n} {arrow} list({held})"
        if k < 0.87:
            n = pick("s", "words")
            self.shape[n] = "text"
            held = pick(names(3), names(5), "'hello'", "c(a = 'x', b = 'y')", "letters[1:4]", "paste0('v', 1:3)")
            return f"{n} {arrow} {held}"
        n = pick("k", "t1", "a", "n")
        self.shape[n] = "scalar"
        return f"{n} {arrow} {pick(integer(), decimal(), entry('wide'), entry('fraction'), entry('complex'), 'TRUE', '1e-10', '2^10', '5L', '1e5', '123456.789', '-0.5', 'pi * 1000', '5 / 2', '7 %/% 2', '-7 %% 3')}"

    def operand(self):
        return self.name(lambda s: s not in ("list", "text")) or literal(2, 2)

    def expression(self, depth=0):
        a, b = self.operand(), self.operand()
        if depth < 1 and rng.random() < 0.2:
            a = "(" + self.expression(depth + 1) + ")"
        square = self.name(lambda s: isinstance(s, tuple) and s[0] == s[1]) or well(rng.randint(2, 4))
        M = self.name(lambda s: isinstance(s, tuple)) or literal(2, 3)
        v = self.name(lambda s: s == "vector") or values(3)
        text = self.name(lambda s: s == "text") or names(3)
        lst = self.name(lambda s: s == "list") or "list(a = 1, b = 2:3)"
        k = rng.random()
        if k < 0.17:
            return f"{a} {pick('+', '-', '*', '/', '*', '+', '^', '==', '>', '<=', '!=', '&', '|', '%%', '%/%', '%*%', '%*%')} {pick(b, integer(), '2', decimal(), a)}"
        if k < 0.22:
            return pick(f"t({M})", f"-{a}", f"!{a}", f"2 * {a}", f"{a} / 2", f"{a}^2", f"2^{a}", f"1 / {a}", f"{a} + 1", f"t({M}) %*% {M}", f"{M} %*% t({M})", f"crossprod({M})", f"tcrossprod({M})", f"{a} %o% {v}", f"outer({v}, {v})", f"{v} %*% {v}", f"diag({M})", f"c({M})", f"as.vector({M})", f"{M} %*% diag(ncol({M}))", f"det({square})", f"solve({square})")
        if k < 0.34:
            return pick(f"{v}[1]", f"{v}[length({v})]", f"{M}[1, ]", f"{M}[, 1]", f"{M}[nrow({M}), ]", f"{M}[, ncol({M})]", f"{M}[1, 1]", f"{v}[2]", f"{M}[1, , drop = FALSE]", f"{M}[, 1, drop = FALSE]", f"{v}[c(1, 2)]", f"{v}[-1]", f"{v}[{v} > 0]", f"{M}[{M} > 0]", f"{v}[-length({v})]", f"{M}[-1, ]", f"{M}[, -1]", f"{M}[1:2, 1]", f"{M}[c(TRUE, FALSE), ]",
                        f"{v}[10]", f"{M}[5, 1]", f"{M}[3]", f"{M}[2, 2]", f"{v}[0]", f"{v}[c(1, 1, 2)]", f"{v}[rev(seq_along({v}))]", f"{M}[nrow({M}):1, ]", f"{M}[upper.tri({M})]", f"{M}[cbind(1, 1)]", f"{M}[which({M} > 0)]", f"{v}[order({v})]", f"{v}[which.max({v})]", f"head({v}, 2)", f"tail({v}, 2)", f"{v}[[2]]", f"{v}['a']", f"{M}[, c(1, 1)]", f"{M}[order({M}[, 1]), ]", f"{v}[NA]", f"{v}[1.9]", f"{v}[-(1:2)]", f"{M}[[1, 1]]", f"{M}[row({M}) == col({M})]")
        if k < 0.5:
            f = pick("sum", "prod", "cumsum", "cumprod", "mean", "max", "min", "sort", "any", "all", "which", "abs", "round", "floor", "ceiling", "trunc", "sign", "sqrt", "exp", "log", "sin", "cos", "Re", "Im", "Conj", "Mod", "length", "dim", "nrow", "ncol", "NROW", "NCOL", "rev", "range", "var", "sd", "median", "diff", "is.numeric",
                     "is.na", "is.matrix", "unique", "rowSums", "colSums", "rowMeans", "colMeans", "t", "class", "typeof", "mode", "is.vector", "is.character", "as.integer", "as.numeric", "as.character", "as.logical", "which.max", "which.min", "order", "rank", "names", "dimnames", "quantile", "scale", "cummax", "cummin", "tan", "atan", "log2", "log10", "log1p", "expm1", "sinh", "tanh", "isSymmetric", "upper.tri", "lower.tri",
                     "row", "col", "duplicated", "rownames", "colnames", "as.list", "unlist", "nchar", "is.null", "str_", "print", "toString", "anyNA", "is.finite", "is.nan", "as.complex", "signif", "head", "tail", "seq_along", "rev", "sum", "mean", "max", "round", "invisible", "identity", "cat", "format", "norm", "cov", "cor", "crossprod", "as.matrix", "cbind", "rbind", "summary_", "factorial", "sort", "zapsmall", "is.function", "det", "factorial_", "table_")
            f = f.rstrip("_") if not f.endswith("_") else "length"
            return f"{f}({a})"
        if k < 0.64:
            return pick(f"round({a}, 2)", f"round({a}, 1)", f"signif({a}, 3)", f"sum({M}[, 1])", f"apply({M}, 1, sum)", f"apply({M}, 2, max)", f"apply({M}, c(1, 2), function(x) x * 2)", f"apply({M}, 1, function(r) r / 2)", f"sapply({v}, function(x) x^2)", f"sapply(1:3, function(i) c(i, i^2))", f"lapply(1:2, function(i) i * 10)", f"vapply(1:3, function(i) i / 2, numeric(1))", f"Map(function(x, y) x + y, 1:2, 3:4)", f"Reduce(`+`, 1:5)", f"Reduce(function(a, b) a * b, 1:5, accumulate = TRUE)", f"Filter(function(x) x > 1, {v})", f"do.call(rbind, list(1:2, 3:4))", f"mapply(function(x, y) x * y, 1:3, 4:6)", f"sapply(list(a = 1:3, b = 4:6), mean)", f"sapply({text}, nchar)",
                        f"max({a}, {integer()})", f"min({a}, 0)", f"pmax({v}, 0)", f"pmin({v}, 2)", f"ifelse({v} > 0, 1, -1)", f"which({v} > 0)", f"which({M} > 0)", f"rep({v}, 2)", f"rep({v}, each = 2)", f"rep(1:2, times = c(2, 3))", f"rep_len(1:3, 7)", f"seq(1, 10, by = 3)", f"seq(0, 1, 0.25)", f"seq(10, 1)", f"seq(5)", f"seq(2, 11, length.out = 4)", f"seq(-1, 1, by = 0.1)", f"c({v}, {v})", f"c({a}, 1)", f"c(a = 1, {v})", f"append({v}, 99, after = 1)", f"rev({v})", f"sort({v}, decreasing = TRUE)", f"order({v}, decreasing = TRUE)", f"cbind({v}, 1)", f"cbind({M}, 0)", f"rbind({M}, 0)", f"cbind(a = 1:2, b = 3:4)", f"rbind({v}, {v})", f"cbind(1:3, c('a', 'b', 'c'))", f"cbind({v}, {v}^2)",
                        f"matrix({v}, nrow = 1)", f"matrix({v}, ncol = 1)", f"array(1:12, dim = c(2, 3, 2))", f"array(1:24, dim = c(2, 3, 4))[1, 2, 3]", f"diag(3)", f"diag(c(1, 2, 3))", f"diag(2, 3)", f"diag({M})", f"kronecker(diag(2), matrix(1:4, 2))", f"outer(1:3, 1:3, function(i, j) i + j)", f"outer(1:3, 1:4, '-')", f"crossprod({M}, {M})", f"upper.tri(matrix(1:9, 3))", f"aperm(array(1:6, c(1, 2, 3)))", f"{v} %in% c(1, 2, 3)", f"match(2, {v})", f"union(c(1, 2), c(2, 3))", f"intersect(c(1, 2), c(2, 3))", f"setdiff(1:4, 2)", f"identical({a}, {a})", f"all.equal({a}, {a})", f"all.equal(1, 1.1)", f"isTRUE(all.equal(0.1 + 0.2, 0.3))", f"0.1 + 0.2 == 0.3", f"sum({v}, na.rm = TRUE)", f"mean({v}, na.rm = TRUE)", f"max({v}, na.rm = TRUE)", f"is.na({v})", f"table_({v})" if False else f"tabulate(c(1, 2, 2, 3))", f"sweep({M}, 2, colMeans({M}))", f"sweep({M}, 1, rowSums({M}), '/')", f"scale({M})", f"scale({M}, scale = FALSE)", f"cov({M})", f"cor({M})", f"var({v})", f"quantile({v}, 0.9)", f"quantile(1:9)", f"weighted.mean(c(1, 2, 3), c(3, 2, 1))", f"cumsum(rev({v}))", f"diff({v}, lag = 2)", f"choose(5, 2)", f"factorial(5)", f"exp(log({a}))", f"nchar('hello')", f"max.col(matrix(c(1, 5, 3, 2, 4, 9), 2))", f"rowSums({M} > 0)", f"norm({M}, 'F')", f"norm({M})", f"norm({M}, 'I')", f"norm({M}, '2')", f"sqrt(sum({v}^2))", f"{v} / sqrt(sum({v}^2))", f"atan2(1, 1)", f"xor(TRUE, FALSE)", f"any({v} > 2)", f"all({v} > 0)", f"bitwAnd(12L, 10L)", f"sapply(1:3, identity)", f"rowsum_" if False else "1:3", f"is.element(2, {v})", f"nrow({M}) * ncol({M})", f"vapply(list(1:3, 4:6), sum, numeric(1))")
        if k < 0.76:
            n = rng.randint(2, 4)
            return pick(f"det({square})", f"solve({square})", f"solve({well(n)})", f"solve({well(3)}, c(1, 2, 3))", f"solve({well(2)}, matrix(1:4, 2))", f"det({well(3)})", f"round(solve({well(n)}), 3)", f"solve({well(n)}) %*% {well(n)}", f"eigen({positive(3)})", f"eigen({positive(2)})$values", f"eigen(matrix(c(2, 1, 1, 2), 2))", f"eigen(matrix(c(0, 1, -1, 0), 2))", f"eigen({well(3)})", f"eigen({well(2)})$values", f"eigen({positive(n)})", f"eigen(diag(c(3, 1, 2)))", f"eigen(matrix(c(4, 1, 2, 3), 2))", f"eigen({literal(2, 2, 'digit')})", f"eigen(matrix(c(2, 0, 0, 0, 3, 4, 0, 4, 9), 3))", f"eigen(matrix(c(1, 0.5, 0.25, 0.5, 1, 0.5, 0.25, 0.5, 1), 3))", f"eigen(cov(matrix({values(12, 'digit')}, 4)))",
                        f"svd({literal(2, 3, 'digit')})$d", f"svd({literal(3, 2, 'digit')})", f"svd({positive(2)})", f"svd({M})$d", f"svd(matrix(1:6, 2))", f"svd({literal(4, 3, 'decimal')})", f"chol({positive(3)})", f"chol({positive(n)})", f"chol2inv(chol({positive(2)}))", f"qr({literal(3, 2, 'digit')})$rank", f"qr.R(qr({literal(3, 2, 'digit')}))", f"qr.Q(qr({literal(3, 2, 'digit')}))", f"qr.solve({literal(3, 2, 'digit')}, c(1, 2, 3))", f"qr({well(3)})", f"qr.Q(qr({well(n)}))", f"qr.R(qr({well(n)}))", f"qr.coef(qr(cbind(1, 1:4)), c(2, 3, 7, 5))", f"qr.fitted(qr(cbind(1, 1:4)), c(2, 3, 7, 5))", f"qr.resid(qr(cbind(1, 1:4)), c(2, 3, 7, 5))", f"solve(matrix(c(1, 2, 2, 4), 2))", f"solve(matrix(1:6, 2))", f"solve(t(cbind(1, 1:4)) %*% cbind(1, 1:4), t(cbind(1, 1:4)) %*% c(2, 3, 7, 5))", f"determinant({well(3)})", f"backsolve(chol({positive(3)}), c(1, 2, 3))", f"forwardsolve(t(chol({positive(2)})), c(1, 2))", f"crossprod({literal(3, 2, 'digit')})", f"sum(diag({square}))", f"{square} %*% {square}", f"det(diag(3))", f"kronecker({literal(2, 2, 'digit')}, diag(2))", f"isSymmetric({positive(3)})", f"chol({literal(2, 2, 'digit')})", f"det(matrix(1:9, 3))", f"qr(matrix(1:9, 3))$rank", f"svd(diag(3))$d", f"1 / solve({well(2)})", f"matrix(1:4, 2) %*% c(1, 1)", f"c(1, 1) %*% matrix(1:4, 2)", f"matrix(1:6, 2) %*% matrix(1:6, 3)", f"matrix(1:6, 2) %*% matrix(1:6, 2)", f"matrix(1:6, 2) + matrix(1:6, 3)", f"norm({positive(2)})", f"eigen({positive(3)}, symmetric = TRUE, only.values = TRUE)$values", f"diag(eigen({positive(2)})$values)", f"zapsmall(solve({positive(3)}) %*% {positive(3)})")
        if k < 0.84:
            return pick(f"{lst}", f"{lst}$a", f"{lst}[[1]]", f"{lst}[1]", f"names({lst})", f"length({lst})", f"str_" if False else f"unlist({lst})", f"paste({text}, collapse = '-')", f"paste('a', 1:3)", f"paste0({text}, 1:2)", f"toupper({text})", f"nchar({text})", f"{text}[2]", f"rev({text})", f"sort(c('pear', 'apple', 'fig'))", f"substr('hello', 2, 4)", f"sprintf('%d items', 3L)", f"sprintf('%.2f', pi)", f"sprintf('%5.1f|%-8s|', 2.345, 'ab')", f"sprintf('%s has %d', c('a', 'b'), 1:2)", f"format(pi, digits = 3)", f"format(1234.5678, nsmall = 2)", f"format(c(1, 10, 100))", f"format(TRUE)", f"format('a', width = 5)", f"formatC(pi, digits = 3, format = 'f')", f"formatC(c(1, 10, 100), width = 6)", f"strsplit('a,b,c', ',')", f"strsplit('abc', '')", f"gsub('l', 'L', 'hello')", f"rep('ab', 3)", f"seq_along({text})", f"{text} == 'a'", f"'a' %in% {text}", f"which({text} == 'b')", f"list(1, 'a', TRUE)", f"list(a = 1, b = list(c = 2, d = 'x'))", f"list(x = matrix(1:4, 2), y = NULL)", f"setNames(1:3, c('a', 'b', 'c'))", f"c(a = 1.5, b = 2, c = NA)", f"letters[1:5]", f"LETTERS[24:26]", f"character(0)", f"numeric(3)", f"logical(2)", f"integer(0)", f"NULL", f"list()", f"matrix(nrow = 2, ncol = 2)", f"matrix(0, 0, 3)", f"matrix(c('a', 'b', 'c', 'd'), 2)", f"noquote({text})", f"trimws('  a ')", f"toString(1:5)", f"month.abb[1:3]", f"nchar(c('one', 'three'))", f"rev(strsplit('a b', ' ')[[1]])", f"as.numeric('3.5')", f"as.integer(3.9)", f"as.character(c(1.5, 2, 1e10, 1e5, 123456789))", f"as.logical(c('TRUE', 'yes', 'F'))", f"is.null(NULL)", f"startsWith('hello', 'he')")
        if k < 0.93:
            return pick("1:10", "1:30", "(1:15) * 1000", "(1:12) / 7", "seq(-1, 1, 0.5)", "1e5 * (1:5)", "c(1e-5, 1)", "c(1e5, 1e-5)", "c(1, 1000000)", "c(0.1, 22.22, 333.333)", "c(1.5, NA, 3)", "c(1+2i, 3.5-4i)", "1 / 0", "-1 / 0", "0 / 0", "c(1, NaN, 3)", "c(Inf, 1.5)", "TRUE", "c(TRUE, FALSE, NA)", "1 == 1", "3 > 4", "7 %/% 2", "-7 %/% 2", "-7 %% 3", "5.5 %% 2", "1e10", "123456789", "1234567890", "0.1 + 0.2", "1 / 3", "100000", "1e5", "123456.7", "99999.5", "12345.678", "1e-5", "-pi", "c(pi, -exp(1), 100)", "sqrt(2) * 1:3", "1i^2", "sqrt(as.complex(-4))", "sqrt(-1)", "(-8)^(1/3)", "5L / 2L", "5L %/% 2L", "2L^2L", "1L + 1.5", "TRUE + TRUE", "sum(c(TRUE, FALSE, TRUE))", ".Machine$double.eps", ".Machine$integer.max", "2147483647L", "1e15", "1e16", "100 * c(0.001, 0.5)", "c(99999, 100000)", "c(123456.789, 0.001)", "exp(1:10)", "exp(-(1:5))", "10^(1:8)", "10^-(1:8)", "2^(0:20)", "cumprod(1:12)", "factorial(1:10)", "1 / (1:10)", "sqrt(1:20)", "log(1:10)", "round(-2.5)", "round(0.5)", "round(2.567, 1)", "round(123.456, -1)", "signif(123456, 2)", "round(c(0.15, 0.25, 0.35), 1)", "x_undefined + 1", "undefined_fun(3)", "stop('my message')", "1:3 + 1:6", "c(1, 'a', TRUE)", "c(1, TRUE, NA)", "c(list(1), 2)", "max(c('a', 'b'))", "-2^2", "(-2)^2", "-1:3", "2 * 1:3 + 1", "!TRUE & FALSE", "5 %in% 1:3", "1:3 == c(1, 5, 3)", "1:2 + 0.5", "c(0.00001, 123456)", "1e-300 * 1e-300", "2^1023 * 2", "c(1.123456789, 2.1)", "3.00", "1e3", "1e4 + 0.1", "1e5 + 0.1", "33.333333333", "66.67", "c(1e10, 1)", "c(1.10, 2.25, 3.333)", "1e-17", "c(0, 1e-20)", "c(1e8, 1e9)", "c(1.5e8, 2)", "314159.26535", "3141592.6535", "31415926.535", "complex(real = 1, imaginary = -1)", "Mod(3+4i)", "Arg(1i)", "Conj(1+2i)", "c(1i, 2+0.5i, -3)", "(1+2i) * (3-1i)", "exp(1i * pi)", "polyroot(c(6, -5, 1))", "1:3 %*% 1:3", "1:3 %o% 1:2", "\"a\\tb\"", "'it\\'s'", "\"say \\\"hi\\\"\"", "nchar(\"\\n\")", "cat('a', 'b', 1.5, '\\n')", "cat(pi, 1e-10, 1e5, 123456789, '\\n')", "cat('x =', 1:3, '\\n', sep = ' ')", "cat(1:3, sep = ', ')", "cat('a\\n', 'b\\n')", "cat(TRUE, NA, 3L, 2+1i, NULL, '\\n')", "print(pi, digits = 3)", "print(c(a = 1, b = 2))", "print('text', quote = FALSE)", "print(1:3)", "invisible(5)", "(invisible(5))", "if (FALSE) 1", "{1; 2}", "(function(x) x^2)(4)", "sapply(c(1, 4, 9), sqrt)", "Recall", "is.function(sum)", "Negate(is.null)(1)", "nchar(123)", "identical(c(1, 2), 1:2)", "identical(1L, 1)", "seq(1, 2, by = 0.3)", "rev(seq(0, 100, 25))", "rowSums(matrix(1:6, 2))", "colMeans(matrix(1:6, 2))", "mean(1:10)", "median(c(3, 1, 2))", "median(1:4)", "var(1:10)", "sd(c(1, 2, 3, 4))", "which(c(F, T, T))", "rank(c(10, 30, 20, 20))", "order(c(3, 1, 2))", "tail(1:10, 3)", "head(letters, 3)", "1:20 / 3", "matrix(1:40, 2)", "matrix(rnorm_ <- 1, 1)", "matrix(1:20 / 3, 4)", "matrix(c(1e-10, 1, 1e5, 1e10), 2)", "matrix(c(TRUE, NA, FALSE, TRUE), 2)", "matrix(c(1.5, NA, -3, NaN), 2)", "diag(2) * pi", "matrix(1:60 * 1000, 3)", "t(1:3)", "array(1:8, c(2, 2, 2))", "array(1:4, 4)", "switch('b', a = 1, b = 2)", "switch(2, 'x', 'y')", "switch('z', a = 1, 5)", "repeat { break }", "vapply(1:3, function(i) letters[i], '')", "nrow(matrix(1:6, 2))", "do.call(sum, list(1, 2, 3))", "mapply(rep, 1:3, 3:1)", "outer(1:2, 1:3, Vectorize(function(a, b) a + b))", "tryCatch(stop('e'), error = function(e) 'caught')", "tryCatch(stop('boom'), error = function(e) conditionMessage(e))", "1:3 |> sum()", "(\\(x) x + 1)(2)", "sum(sapply(1:10, \\(i) i^2))", "Sys.time", "T & F", "any(c(FALSE, NA))", "all(c(TRUE, NA))", "NA > 1", "NA & FALSE", "NULL == 1", "length(NULL)", "c()", "is.na(c(1, NA))", "mean(c(1, NA))", "sum(NULL)", "max(-Inf, NA, na.rm = TRUE)", "nchar('')", "rev(list(1, 'a'))", "unlist(list(a = 1, b = list(c = 2, d = 3)))", "stopifnot(1 == 1)", "stopifnot(1 == 2)", "strtoi('77', 8L)", "rownames(matrix(1:4, 2, dimnames = list(c('a', 'b'), NULL)))", "as.integer(c('1', '2'))", "crossprod(1:3)", "det(matrix(c(1, 2, 3, 4), 2))", "solve(matrix(c(2, 0, 0, 4), 2))", "rowMeans(diag(3))", "emptyenv_ <- 1", "prod(1:6)", "range(c(3, 1, 2))", "1:0", "numeric(0)", "sum(numeric(0))", "max(numeric(0), -1)", "seq_len(0)", "integer(0) + 1", "matrix(1:4, 2)[, 2]", "matrix(1:4, 2)[3, 1]", "list(a = 1)$b", "c(a = 1)['b']", "(1:3)[5]", "list(1, 2)[[3]]", "c(1, 2) %*% c(1, 2, 3)", "matrix(1:6, 2) %*% 1:2", "1 + 'a'", "sqrt('a')", "sum('a')", "-'a'", "!'a'", "mean('a')", "if (NA) 1", "if (c(TRUE, FALSE)) 1", "if (NULL) 1", "f_undefined()", "solve(matrix(0, 2, 2))", "chol(matrix(c(1, 2, 2, 1), 2))", "stop('a ', 'b')", "matrix(1:6, 4, 4)[1, ]", "as.numeric('abc')", "1:3 + 1:2", "factorial(170)", "choose(50, 25)", "exp(710)", "gamma(5)", "beta_ <- 2", "log(-1)", "log(0)", "sin(pi)", "cos(pi / 2)", "tan(pi / 4)", "5 == 5L", "'1' == 1", "TRUE == 1", "bitwXor(5L, 3L)", "rev(1:0)", "rep(c('a', 'b'), times = c(2, 1))", "nchar(c(a = 'xx'))", "abs(-3:3)", "trunc(-1.5)", "ceiling(1.2)", "floor(-1.2)", "sign(-2:2)")
        return pick(f"{M} - rowMeans({M})", f"{M} / rowSums({M})", f"{M} * {v}", f"{v} + {M}", f"sum({M} * {M})", f"mean({M})", f"max({M}) - min({M})", f"{M} == t({M})" if False else f"dim(t({M}))", f"sum({v} > 0)", f"{v}[{v} == max({v})]", f"cumsum({v}) / seq_along({v})", f"({v} - mean({v})) / sd({v})", f"sqrt(rowSums({M}^2))", f"apply({M}, 1, paste, collapse = '')", f"paste('sum:', sum({v}))", f"cat('mean is', mean({v}), '\\n')", f"cat(sprintf('%.3f\\n', {v}))", f"cat('dim:', dim({M}), '\\n')", f"print({M})", f"print({v}, digits = 3)", f"print(round({M}, 1))", f"cat(format({v}), '\\n')", f"format({v}, nsmall = 2)", f"format({M})", f"rbind(colSums({M}), colMeans({M}))", f"cbind({M}, rowSums({M}))", f"t(apply({M}, 1, cumsum))", f"mapply(function(a, b) a + b, {v}, {v})", f"Reduce(`+`, {v}, accumulate = TRUE)", f"sapply(split_ <- 1, sum)" if False else f"sapply({v}, abs)", f"outer({v}, 1:2)", f"{v}[c(TRUE, FALSE)]", f"names({v})", f"rev({v})[1:2]", f"{v} %/% 2", f"{v} %% 2", f"is.na({M})", f"ifelse({M} > 0, 'pos', 'neg')", f"which({M} == max({M}), arr.ind = TRUE)", f"norm({M} - t({M}))" if False else f"nrow({M})", f"as.vector({M} %*% rep(1, ncol({M})))", f"crossprod({v})", f"drop({v} %*% {v})", f"{v} %*% t({v})")

    def statement(self):
        k = rng.random()
        if k < 0.22 or not self.shape:
            return self.assign() + pick("", "", "", "", ";", "  # comment")
        if k < 0.29:
            n = self.name(lambda s: s not in ("list", "text")) or "zz"
            if n == "zz":
                return "zz <- 1:3"
            if isinstance(self.shape[n], tuple):
                return pick(f"{n}[1, 1] <- {integer()}", f"{n}[1, ] <- 0", f"{n}[, 1] <- {integer()}", f"{n}[{n} > 2] <- 0", f"diag({n}) <- 1", f"{n} <- t({n})", f"{n} <- {n} * 2", f"dim({n}) <- NULL", f"colnames({n}) <- letters[1:ncol({n})]", f"rownames({n}) <- paste0('r', 1:nrow({n}))", f"{n} <- {n}[nrow({n}):1, ]", f"{n}[upper.tri({n})] <- 0", f"{n}[2] <- {decimal()}", f"dimnames({n}) <- NULL", f"{n} <- rbind({n}, {n})", f"{n}[nrow({n}), ncol({n})] <- NA", f"{n}[is.na({n})] <- 0", f"{n} <- {n} %*% diag(ncol({n}))")
            return pick(f"{n}[1] <- {integer()}", f"{n}[length({n}) + 1] <- {integer()}", f"{n}[{n} > 2] <- 0", f"{n} <- {n} * 2", f"names({n}) <- letters[seq_along({n})]", f"{n}[3] <- 7", f"{n} <- rev({n})", f"{n} <- c({n}, {integer()})", f"{n}[-1] <- 0", f"names({n})[1] <- 'first'", f"{n}[is.na({n})] <- 0", f"{n}[2] <- 2.5", f"{n} <- {n}[-1]", f"{n}[['a']] <- 3", f"{n}[6] <- 1L", f"{n}[1] <- 'text'" if rng.random() < 0.2 else f"{n}[1] <- {n}[2]", f"({n}[1] <- 5)", f"{n}[2] <- TRUE", f"length({n}) <- 3", f"{n} <- -{n}")
        if k < 0.34:
            return pick("for (i in 1:3) print(i^2)", "s2 <- 0\nfor (k in c(1, 2, 3)) {\n  s2 <- s2 + k\n}\ns2", "n1 <- 10\nwhile (n1 > 3) n1 <- n1 - 2\nn1", "if (3 > 2) {\n  y1 <- 1\n} else {\n  y1 <- 2\n}\ny1", "f1 <- function(x, y = 2) {\n  z <- x + y\n  z * 2\n}\nf1(3)\nf1(3, y = 10)\nf1(y = 1, x = 2)", "H1 <- matrix(0, 2, 3)\nfor (i in 1:2) for (j in 1:3) H1[i, j] <- 1 / (i + j - 1)\nH1", "for (i in seq_len(4)) {\n  if (i == 3) break\n  cat(i, '\\n')\n}", "fact <- function(n) if (n <= 1) 1 else n * fact(n - 1)\nfact(5)\nsapply(1:6, fact)", "fib <- numeric(8)\nfib[1:2] <- 1\nfor (i in 3:8) fib[i] <- fib[i - 1] + fib[i - 2]\nfib", "sq <- function(x) x^2\nsq(1:3)", "compose <- function(f, g) function(x) g(f(x))\nh <- compose(sqrt, abs)\nh(16)", "res <- c()\nfor (i in 1:4) res <- c(res, i^2)\nres", "x5 <- 0\nrepeat {\n  x5 <- x5 + 1\n  if (x5 >= 4) break\n}\nx5", "l1 <- list()\nl1$a <- 1\nl1[['b']] <- 'x'\nl1", "P <- matrix(c(0.9, 0.1, 0.5, 0.5), 2, byrow = TRUE)\npi0 <- c(1, 0)\nfor (k in 1:3) pi0 <- pi0 %*% P\npi0", "mp <- function(A, n) {\n  R <- diag(nrow(A))\n  for (i in seq_len(n)) R <- R %*% A\n  R\n}\nmp(matrix(c(1, 1, 1, 0), 2), 5)", "g1 <- function(x) {\n  if (x < 0) return('neg')\n  'pos'\n}\ng1(-1)\ng1(2)", "norm2 <- function(v) sqrt(sum(v^2))\nnorm2(c(3, 4))", "cnt <- 0\nsapply(1:3, function(i) cnt <<- cnt + i)\ncnt", "for (nm in c('a', 'b')) cat(nm, '\\n')", "z1 <- sapply(1:3, function(i) {\n  t <- i * 2\n  t + 1\n})\nz1", "ff <- function(...) sum(...)\nff(1, 2, 3)", "vf <- function(x, ...) UseMethod('vf')", "a1 <- b1 <- 3\na1 + b1", "5 -> q1\nq1", "x2 <- if (TRUE) 'yes' else 'no'\nx2", "m1 <- matrix(1:4, 2); m1 %*% m1", "y <- c(2, 3, 7, 5); X <- cbind(1, 1:4)\nbeta <- solve(t(X) %*% X) %*% t(X) %*% y\nbeta\nX %*% beta", "e <- eigen(matrix(c(2, 1, 1, 2), 2))\ne$values\ne$vectors %*% diag(e$values) %*% t(e$vectors)", "s <- svd(matrix(c(3, 0, 0, 4), 2))\ns$u %*% diag(s$d) %*% t(s$v)", "qq <- qr(cbind(1, c(1, 2, 4)))\nqr.Q(qq) %*% qr.R(qq)", "fib2 <- function(n) {\n  a <- 0\n  b <- 1\n  while (n > 0) {\n    tmp <- a + b\n    a <- b\n    b <- tmp\n    n <- n - 1\n  }\n  a\n}\nfib2(10)", "swap <- function(l) list(a = l$b, b = l$a)\nswap(list(a = 1, b = 2))", "make <- function() {\n  i <- 0\n  function() {\n    i <<- i + 1\n    i\n  }\n}\nctr <- make()\nctr()\nctr()")
        return self.expression()


def program():
    p = Program()
    return [p.statement() for _ in range(rng.randint(4, 9))]


HARNESS = r"""
run <- function(path) {
  exprs <- tryCatch(parse(path, keep.source = TRUE), error = function(e) NULL)
  if (is.null(exprs)) { cat("\001PARSE\n"); return(invisible()) }
  refs <- attr(exprs, "srcref")
  env <- new.env(parent = globalenv())
  for (i in seq_along(exprs)) {
    line <- refs[[i]][1] - 1
    cat("\001AT ", line, "\n", sep = "")
    msg <- NULL
    warned <- FALSE
    out <- capture.output({
      r <- withCallingHandlers(tryCatch(withVisible(eval(exprs[[i]], env)), error = function(e) {
        call <- conditionCall(e)
        msg <<- list(conditionMessage(e), if (is.null(call)) "" else paste(deparse(call), collapse = " "))
        NULL
      }), warning = function(w) { warned <<- TRUE; invokeRestart("muffleWarning") })
      if (!is.null(r) && r$visible) print(r$value)
    })
    if (!is.null(msg)) { cat(out, sep = "\n"); cat("\001ERROR ", msg[[2]], " \002 ", msg[[1]], "\n", sep = ""); return(invisible()) }
    if (length(out)) cat(out, sep = "\n")
    cat("\n")
  }
}
for (path in commandArgs(TRUE)) { cat("\001FILE\n"); run(path); cat("\n\001END\n") }
"""


def reference(files):
    """For each file the statements' lines with what they print; an error ends a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "run.R"
        path.write_text(HARNESS)
        env = {**os.environ, "OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1", "R_DEFAULT_PACKAGES": "stats,utils,methods"}
        parts = []
        for k in range(0, len(files), 300):
            done = subprocess.run(["Rscript", "--vanilla", str(path), *files[k : k + 300]], capture_output=True, text=True, env=env)
            parts += done.stdout.split("\x01FILE\n")[1:]
    assert len(parts) == len(files), (len(parts), len(files), done.stderr[-2000:])
    out = []
    for part in parts:
        rows = []
        body = part.split("\n\x01END\n")[0]
        for chunk in body.split("\x01AT ")[1:]:
            line, _, text = chunk.partition("\n")
            text, error, said = text.partition("\x01ERROR ")
            row = {"line": int(line), "text": text.rstrip("\n")}
            if error:
                call, _, message = said.rstrip("\n").partition(" \x02 ")
                row["error"] = message
                row["call"] = call
            rows.append(row)
        out.append(rows)
    return out


def ours(files):
    found = collections.defaultdict(dict)
    for k in range(0, len(files), 300):
        done = subprocess.run(["node", str(ROOT / "dist" / "cli.js"), "eval", "--json", "--language", "r", *files[k : k + 300]], capture_output=True, text=True)
        for line in done.stdout.splitlines():
            answer = json.loads(line)
            found[answer["file"]].setdefault(answer["line"], []).append(answer)
    return [found[f] for f in files]


def bare(text):
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))


def said(message):
    """The words of an error without the call."""
    if message.startswith("Error: "):
        return message[7:]
    return message.split(" : ", 1)[1].lstrip("\n ") if " : " in message else message


def compare(sources, files):
    counts = collections.Counter()
    wrong, unknown = [], []
    for source, real, answers in zip(sources, reference(files), ours(files)):
        lines = source.split("\n")
        by_line = collections.defaultdict(list)
        for row in real:
            by_line[row["line"]].append(row)
        for line, rows in sorted(by_line.items()):
            got = answers.get(line, [])
            expected = "\n".join(r["text"] for r in rows if r["text"])
            failed = next((r for r in rows if "error" in r), None)
            end = min([l for l in by_line if l > line] + [len(lines)])
            where = "\n".join(lines[:end])
            statement = "\n".join(lines[line:end])
            stopped = next((a for a in got if a["status"] != "ok"), None)
            if stopped and stopped["status"] == "unknown":
                counts["unknown"] += 1
                unknown.append((stopped["message"], statement))
            elif failed:
                message = stopped["message"] if stopped else None
                if message is None and not got:
                    counts["silent error"] += 1
                elif message is not None and said(message) == failed["error"]:
                    counts["same"] += 1
                    call = message[len("Error in "):].split(" : ", 1)[0] if message.startswith("Error in ") else ""
                    counts["same call" if call == failed["call"] else "other call"] += 1
                    if call != failed["call"] and "-c" in sys.argv:
                        print("CALL", statement, "| R:", failed["call"], "| here:", call)
                else:
                    counts["wrong"] += 1
                    wrong.append((where, "ERROR " + failed["error"], message or "\n".join(a["text"] for a in got)))
            elif stopped:
                counts["wrong"] += 1
                wrong.append((where, expected, stopped["message"]))
            elif not got:
                if expected:
                    counts["missing"] += 1
                    unknown.append(("nothing is said", statement))
            else:
                text = "\n".join(a["text"] for a in got if a["text"])
                if text.rstrip("\n") == expected.rstrip("\n"):
                    counts["same"] += 1
                elif bare(text) == bare(expected):
                    counts["same but for blanks"] += 1
                    wrong.append((where, expected.replace(" ", "\u00b7"), text.replace(" ", "\u00b7")))
                else:
                    counts["wrong"] += 1
                    wrong.append((where, expected, text))
            if failed:
                break
    return counts, wrong, unknown


def main():
    with tempfile.TemporaryDirectory() as folder:
        sources, files = [], []
        for number in range(int(sys.argv[2])):
            sources.append("\n".join(program()) + "\n")
            path = pathlib.Path(folder) / f"p{number}.r"
            path.write_text(sources[-1])
            files.append(str(path))
        counts, wrong, unknown = compare(sources, files)
    for where, expected, text in wrong:
        print("=" * 60, where, "--- R:", expected, "--- here:", text, sep="\n")
    if "-v" in sys.argv:
        for message, n in collections.Counter(m for m, _ in unknown).most_common(70):
            example = next(s for m, s in unknown if m == message)
            print(n, message, "|", example.replace("\n", " \u23ce "))
    print(dict(counts))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
