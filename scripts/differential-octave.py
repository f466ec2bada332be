#!/usr/bin/env python3
"""
Seeded random Octave programs, as people write them, through the installed Octave and through `dist/cli.js eval`:
differential-octave.py SEED COUNT [-v]. Statement by statement the text must be the same, or ours unknown.
"""
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parent.parent
rng = random.Random(int(sys.argv[1]))


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
    if kind == "wide":
        return pick("0", "1e-3", "1e5", "1e6", "12345", "0.001", "2.5e-4", "-7e3", "1e10", "99999", "3.14159", "1000.5", integer())
    if kind == "special":
        return pick("NaN", "Inf", "-Inf", integer(), integer(), decimal())
    if kind == "fraction":
        return pick("1/3", "2/3", "1/7", "sqrt(2)", "pi", "exp(1)", "-1/6", "0", integer())
    if kind == "complex":
        return pick("1+2i", "3-4i", "2i", "-1i", "0.5+1.5i", integer(), "1i", "(2-3i)")
    return integer()


KINDS = ["digit"] * 6 + ["decimal"] * 3 + ["wide", "special", "fraction", "complex"]


def literal(rows, columns, kind=None):
    kind = kind or pick(*KINDS)
    separator = pick(" ", " ", ", ", ",")
    row = lambda: separator.join(entry(kind) for _ in range(columns))
    return "[" + pick("; ", ";").join(row() for _ in range(rows)) + "]"


def well(n):
    """A square matrix that is not singular."""
    return "[" + "; ".join(" ".join(str(rng.randint(-4, 4) + (10 if i == j else 0)) for j in range(n)) for i in range(n)) + "]"


def positive(n):
    b = [[rng.randint(-2, 2) for _ in range(n)] for _ in range(n)]
    a = [[sum(b[k][i] * b[k][j] for k in range(n)) + (n if i == j else 0) for j in range(n)] for i in range(n)]
    return "[" + "; ".join(" ".join(map(str, row)) for row in a) + "]"


def matrix(r, c):
    return pick(literal(r, c), literal(r, c), literal(r, c), literal(r, c), f"zeros({r},{c})", f"ones({r}, {c})", f"reshape(1:{r * c}, {r}, {c})", f"eye({r}, {c})",
                f"repmat({literal(1, 1)}, {r}, {c})", f"reshape({literal(1, r * c)}, {r}, {c})", f"{literal(c, r)}'", f"magic({max(r, c, 3)})(1:{r}, 1:{c})",
                f"{literal(r, c, 'digit')} > 0", f"int32({literal(r, c, 'digit')})", f"[{literal(r, 1)}, {literal(r, max(c - 1, 1))}]" if c > 1 else literal(r, 1))


def vector(n):
    return pick(literal(1, n), literal(1, n), literal(n, 1), f"1:{n}", f"0:{n - 1}", f"linspace(0, 1, {n})", f"{n}:-1:1", f"(1:{n})'", f"0:0.25:{0.25 * (n - 1)}", f"(1:{n}).^2")


class Program:
    def __init__(self):
        self.shape = {}

    def name(self, test=lambda s: True):
        found = [n for n, s in self.shape.items() if test(s)]
        return rng.choice(found) if found else None

    def assign(self):
        k = rng.random()
        if k < 0.4:
            n = pick("A", "B", "C", "M")
            r, c = rng.randint(1, 4), rng.randint(1, 4)
            if rng.random() < 0.5:
                c = r
            self.shape[n] = (r, c)
            return f"{n} = {matrix(r, c)}"
        if k < 0.75:
            n = pick("v", "w", "x", "u")
            size = rng.randint(2, 5)
            text = vector(size)
            column = text.endswith(")'") or (text.startswith("[") and ";" in text and " " not in text.split(";")[0].strip("[ "))
            self.shape[n] = "vector"
            return f"{n} = {text}"
        n = pick("s", "t", "k", "a")
        self.shape[n] = "scalar"
        return f"{n} = {pick(integer(), decimal(), entry('wide'), entry('fraction'), entry('complex'), 'true', '1e-10', '2^10', 'int8(100)', '1e5', '123456.789', '-0.5', 'pi*1000', '5/2')}"

    def operand(self):
        return self.name() or literal(2, 2)

    def expression(self, depth=0):
        a, b = self.operand(), self.operand()
        if depth < 1 and rng.random() < 0.2:
            a = "(" + self.expression(depth + 1) + ")"
        square = self.name(lambda s: isinstance(s, tuple) and s[0] == s[1]) or well(rng.randint(2, 4))
        v = self.name(lambda s: s == "vector") or literal(1, 3)
        k = rng.random()
        if k < 0.2:
            return f"{a} {pick('+', '-', '*', '.*', './', '*', '+', '.^', '==', '>', '<=', '~=', '&', '|', '/', '^')} {pick(b, integer(), '2', decimal(), a)}"
        if k < 0.26:
            return pick(f"{a}'", f"{a}.'", f"-{a}", f"~{a}", f"!{a}", f"{a}(:)", f"{a}(:)'", f"2*{a}", f"{a}/2", f"{a}.^2", f"2.^{a}", f"1./{a}", f"{a} + 1", f"{a}'*{a}")
        if k < 0.36:
            return pick(f"{a}(1)", f"{a}(end)", f"{a}(1,:)", f"{a}(:,1)", f"{a}(end,:)", f"{a}(:,end)", f"{a}(1,1)", f"{a}(2)", f"{a}(2,:)", f"{a}([1 end])", f"{a}(end:-1:1)", f"{a}(1:2)", f"{a}({a}>0)",
                        f"{a}(:,[1 1])", f"{a}(1:end-1)", f"{a}(2:end)", f"{a}(3)", f"{a}(end,end)", f"{a}(5,1)", f"{a}(0)", f"{a}(1.5)", f"{a}(:,2)'", f"{a}(1,end)", f"{a}(logical({a}))")
        if k < 0.52:
            f = pick("sum", "prod", "cumsum", "cumprod", "mean", "max", "min", "sort", "any", "all", "find", "abs", "round", "floor", "ceil", "fix", "sign", "sqrt", "exp", "log", "sin", "cos", "real", "imag", "conj",
                     "numel", "size", "length", "ndims", "isempty", "rows", "columns", "triu", "tril", "diag", "fliplr", "flipud", "norm", "rank", "median", "std", "var", "mode", "diff", "isreal", "isnan", "isinf",
                     "unique", "nnz", "transpose", "tan", "atan", "log2", "log10", "cross", "isrow", "isvector", "isscalar", "ismatrix", "issquare", "numel", "double", "logical", "int32", "single", "class", "num2str",
                     "mat2str", "isa", "range", "rot90", "circshift", "vec", "squeeze", "nchoosek", "factorial", "gamma", "primes", "isprime", "angle", "arg", "cov", "sumsq", "uint8", "mean", "sum", "max", "columns", "iscolumn",
                     "disp", "display", "zeros", "ones", "eye", "triu", "meshgrid", "polyfit", "polyval", "roots", "poly", "conv", "kron", "cbrt", "sec", "sinh", "tanh", "erf", "deal", "isequal", "ifelse", "floor", "histc", "interp1", "cummax", "cummin", "accumarray", "trapz", "fix", "gcd", "lcm", "factor", "magic", "hilb", "vander", "toeplitz", "hankel", "normest", "isdiag", "issymmetric", "isbanded", "istriu", "is_function_handle", "ischar", "islogical", "isnumeric", "isfloat", "isinteger", "validatestring", "typecast", "bitand", "dec2bin", "nthargout")
            if f == "isa":
                return f"isa({a}, {pick(repr('double'), repr('numeric'), repr('float'))})"
            if f in ("cross", "kron", "conv", "gcd", "lcm", "polyval", "isequal", "deal", "bitand"):
                return f"{f}({a}, {b})"
            if f in ("circshift", "nchoosek", "rot90"):
                return f"{f}({a}, {pick('1', '2', '-1')})"
            if f in ("factorial", "primes", "isprime", "magic", "hilb", "factor", "dec2bin"):
                return f"{f}({rng.randint(1, 9)})"
            if f in ("ifelse", "validatestring", "typecast", "nthargout", "histc", "interp1", "accumarray", "polyfit", "is_function_handle"):
                return f"isempty({a})"
            return f"{f}({a})"
        if k < 0.6:
            return pick(f"sum({a}, 2)", f"sum({a}, 1)", f"mean({a}, 2)", f"max({a}, [], 2)", f"sort({a}, 'descend')", f"cumsum({a}, 2)", f"prod({a}, 2)", f"sum({a}(:))", f"max({a}(:))", f"norm({a}, 1)", f"norm({a}, Inf)", f"norm({a}, 'fro')",
                        f"any({a} > 2)", f"all({a}(:) > 0)", f"find({a} > 0)", f"find({a} == max({a}(:)))", f"mod({a}, 3)", f"rem({a}, 2)", f"mod(-7, 3)", f"max({a}, {integer()})", f"min({a}, 0)", f"size({a}, 1)", f"size({a}, 2)",
                        f"repmat({a}, 2, 1)", f"repmat({a}, 1, 2)", f"reshape({a}, [], 1)", f"reshape({a}, 1, [])", f"reshape({a}, 2, 2)", f"dot({a}, {b})", f"dot({v}, {v})", f"cross([1 2 3], [4 5 6])", f"kron([1 2], {a})", f"numel(find({a}))",
                        f"std({a}, 1)", f"linspace(0, 1, 5)", f"linspace({integer()}, {integer()}, 4)'", f"diag({v})", f"diag([1 2 3])", f"blkdiag({a}, {b})", f"horzcat({a}, {b})", f"vertcat({a}, {a})", f"cat(1, {a}, {a})", f"circshift({a}, 1)", f"triu({a}, 1)", f"tril({a}, -1)",
                        f"round({a} * 100) / 100", f"sub2ind([3 4], 2, 3)", f"sum({a} .* {a})", f"bitand(12, 10)", f"nnz({a})", f"floor({a} / 2)", f"polyval([1 2 3], {a})", f"polyfit([1 2 3], [2 4 6], 1)", f"roots([1 -3 2])", f"roots([1 0 1])", f"poly([1 2; 3 4])", f"conv([1 2], [1 3])",
                        f"meshgrid(1:3, 1:2)", f"accumarray([1;2;1], [10;20;30])", f"trapz({v})", f"ismember(2, {a})", f"ismember({a}, [1 2 3])", f"interp1([1 2 3], [10 20 30], 2.5)", f"cumsum(1:5)", f"nchoosek(5, 2)", f"idivide(int32(7), int32(2))", f"colon(1, 3)", f"numel(1:2:10)", f"setdiff([1 2 3 4], [2 4])", f"union([1 2], [2 3])", f"intersect([1 2 3], [2 3 4])", f"fix(-2.5)", f"hypot(3, 4)", f"atan2(1, 1)", f"power(2, {a})", f"times({a}, 2)", f"plus({a}, 1)", f"mtimes({a}, 2)", f"eq({a}, 1)", f"xor(true, false)", f"isequal({a}, {a})")
        if k < 0.72:
            return pick(f"det({square})", f"inv({square})", f"trace({square})", f"rank({square})", f"{square} \\ ones(rows({square}), 1)", f"{square}^2", f"{square}^-1", f"det({well(3)})", f"inv({well(rng.randint(2, 3))})", f"{well(3)} \\ [1; 2; 3]", f"[1 2 3] / {well(3)}",
                        f"eig({positive(3)})", f"eig({positive(2)})", f"eig([2 1; 1 2])", f"eig([0 1; -1 0])", f"eig({well(3)})", f"svd({a})", f"svd({literal(2, 3, 'digit')})", f"chol({positive(3)})", f"qr({literal(3, 2, 'digit')})", f"lu({well(3)})", f"expm([0 1; 0 0])", f"expm(zeros(2))", f"null([1 1; 1 1])", f"orth([1 1; 1 1])", f"rref({literal(2, 3, 'digit')})", f"rref({literal(3, 4, 'digit')})",
                        f"pinv({literal(3, 2, 'digit')})", f"cond([1 2; 3 4])", f"cond({square})", f"norm({literal(1, 3, 'digit')})", f"norm({literal(3, 3, 'digit')})", f"trace({literal(3, 3, 'digit')})", f"{literal(3, 2, 'digit')} \\ [1; 2; 3]", f"mldivide({well(2)}, [1; 2])", f"kron(eye(2), [1 2; 3 4])", f"hilb(3)", f"magic(4)", f"magic(3)", f"vander([1 2 3])", f"toeplitz([1 2 3])", f"logm(eye(2))", f"sqrtm([4 0; 0 9])", f"eye(3)", f"eye(2)*3", f"inv(eye(2))", f"eye(2)(:,1)", f"5*eye(3)", f"eye(3) + 1", f"rosser()(1:2,1:2)", f"compan([1 2 3])", f"cross([1;0;0],[0;1;0])", f"null([1 0; 0 0])", f"inv([1 2; 2 4])", f"det([1 2; 3 4])", f"[1 2; 3 4] \\ [5; 6]")
        if k < 0.8:
            return pick(f"[{a}, {b}]", f"[{a}; {b}]", f"[{a} {a}]", f"[{a}; {a}]", f"[1, {a}(:)']", f"[{v}(:); 1]", f"[{a}(1), 2, 3]", "[]", "zeros(0, 3)", "zeros(3, 0)", "''", "'abc'", '"hello\\tworld"', "['abc'; 'def']", "['a', 'b']", "[65 66 'C']", "double('AB')", "{}", "{1, 'two', [3 4]}",
                        "1:0", "1:10", "0:0.1:1", "10:-3:1", "1:20", "1:30", "(1:15)*1000", "(1:12)/7", "-1:0.5:1", "1e5*(1:5)", "[1e-5 1]", "[1e5 1e-5]", "[1 1000000]", "[0.1 22.22 333.333]", "[1;10;100]", "[1.5;10;100]", "[1+2i 3.5-4i]", "[1e3+1i; 2]", "1/0", "-1/0", "0/0", "[1 NaN 3]", "[Inf 1.5]", "true", "[true false]", "1 == 1", "3 > 4", "int8(200)", "uint8(3.5)", "int32(7)/int32(2)", "5/int16(2)", "idivide(int32(7), int32(2))", "uint8([1 200 30])", "int32([-5 100; 20 3])", "single(3.14159)", "single([1.5 2.5])", "1e10", "123456789", "0.1+0.2", "1/3", "100000.5", "99999.5", "12345.678", "1e-5", "-pi", "[pi; -exp(1); 100]", "e", "i", "1i^2", "sqrt(-4)", "(-8)^(1/3)", "[1 -2]", "[1 - 2]", "[1 , -2]", "[a' a']" if "a" in self.shape else "[1' 2']", "NA", "eps", "realmax", "realmin", "intmax", "intmin", "flintmax", "NaN", "Inf", "ones(2,3)*0.1", "rand(2) < 2", "magic(4)/3", "1e15", "1e16", "123456", "1234567.89", "[1e15 1]", "[0.001 0.002]", "[1e-10 1]", "100*[0.001 0.5]", "[99999 100000]", "[99999.5 1]", "-[1 2 3]", "[1,2,3]'", "[1 2;3 4]'", "[1:3]'", "~[1 0 1]", "![1 0]", "5:5", "zeros(2)", "ones(2)*pi", "(1:3)'*(1:3)", "1:3 == [1 5 3]", "repmat('ab', 1, 3)", "strcat('a', 'b')", "upper('abc')", "num2str(pi)", "num2str(3)", "num2str([1 2 3])", "mat2str([1 2;3 4.5])", "sprintf('%d', 5)", "sprintf('%5.2f|', [1 2 3])", "strrep('hello', 'l', 'L')", "length('hello')", "numel('abc')", "fliplr('abc')", "strsplit('a,b', ',')", "isempty([])", "size([1 2;3 4])", "size(zeros(3,0))", "num2str(1.23456789, 4)", "int2str(3.7)", "strcmp('a', 'a')", "str2num('5')", "str2double('2.5')", "regexprep('abc', 'b', 'x')", "strtrim('  a ')", "disp(pi)", "any([0 0 1])", "cumsum([1 2;3 4])", "max([1 5 3])", "[1 2 3](2)", "{1,2}{2}", "ifelse", "undefined_thing", "[1 2] + [1 2 3]", "[1 2; 3 4] * [1 2 3]", "ones(2,3) * ones(2,3)", "[1 2; 3 4](3, 1)", "[1 2 3](5)", "[1 2 3](0)", "[1 2; 3]", "inv([1 2 3])", "chol([1 2; 2 1])", "det([1 2 3])", "foo(3)", "x_undefined + 1", "zeros(2)(3,3)", "[1 2](1.5)", "ones(2)(:,3)", "cross([1 2], [3 4])", "horzcat([1;2], [1 2])", "str2func('sin')", "@sin", "@(x) x.^2", "error('my message')", "error('MyId:sub', 'value %d', 3)")
        if depth > 0:
            return f"{a} + 1"
        f = pick("disp", "disp", "printf", "fprintf", "display", "mat")
        if f == "disp":
            return f"disp({pick(a, b, v, literal(2, 2), repr('some text'), '[1.5 2.5]', 'pi', 'true', '[]', '1:5', 'zeros(0,3)', 'int8(5)', '1e10', 'eye(2)', '[1+2i 3]')})"
        if f == "printf":
            return pick("printf('%d\\n', 5)", "printf('%g %g\\n', [1 2; 3 4])", "printf('%6.3f\\n', pi)", "printf(\"%s: %d\\n\", 'abc', 3)", "printf('hello\\n')", "printf('%d ', 1:5); printf('\\n')", "printf('%d\\n', 2.5)", "printf('%i %x %o %e\\n', 10, 255, 8, 12345.678)", "printf('%5s|%-5s|\\n', 'ab', 'cd')", "printf('%c%c\\n', 'ab')", "printf('%%\\n')", "printf('%g\\n', 1e10, 0.0001, 123456789)", "printf('[%s]\\n', num2str(pi, 8))", "printf('%d, %d\\n', 1, 2, 3)", "printf('%+d\\n', 5)", "printf('%05d\\n', 42)", "printf('%f\\n', 1/3)")
        if f == "fprintf":
            return pick("fprintf('%d\\n', 3)", "fprintf('Result: %.2f\\n', 2.345)", f"fprintf('%d\\n', {v})", f"fprintf('%g\\n', {v})", "fprintf('x = %d, y = %d\\n', 1, 2)", "fprintf('done\\n')", "fprintf(1, '%d\\n', 4)", "fprintf('\\n')", "fprintf('%s\\n', 'text')")
        if f == "display":
            return f"display({a})" if rng.random() < 0.3 else f"{a}"
        return f"mat2str({a})"

    def statement(self):
        k = rng.random()
        if k < 0.24 or not self.shape:
            return self.assign() + pick("", "", "", ";", ";", "  % comment", "; # note")
        if k < 0.3:
            n = self.name()
            return pick(f"{n}(1) = {integer()}", f"{n}(end+1) = {integer()}", f"{n}(1,:) = 0", f"{n}(2,2) = {integer()}", f"{n}(:) = 1", f"{n}(1) = []", f"{n} += 1", f"{n} *= 2", f"{n}({n} > 2) = 0", f"{n}(:,end+1) = 1", f"{n}(:,1) = []", f"{n} -= 1;", f"{n}(1) = 2.5;", f"{n}(end) = -1", f"{n}++", f"{n}(3) = 7", f"{n} = {n}'", f"{n} = {n}(:)", f"{n} = [{n} {n}]", f"{n}.f = 1" if rng.random() < .05 else f"{n} /= 2")
        if k < 0.36:
            return pick("[q, r] = deal(1, 2)", "[m, im] = max([3 9 2])", "[m, im] = min([3 9; 2 1])", "[L, U, P] = lu([1 2; 3 4])", "[L, U] = lu([4 3; 6 3])", "[Q, R] = qr([1 2; 3 4])", "[V, D] = eig([2 0; 0 3])", "[V, D] = eig([2 1; 1 2])", "[U, S, W] = svd([3 0; 0 4])", "[r, c] = size(ones(2,3))", "[r, c] = find([0 1; 1 0])", "[ss, ii] = sort([3 1 2])", "[xx, yy] = meshgrid(1:2, 1:3)", "[uu, ii, jj] = unique([3 1 1])", "[q, r] = deconv([1 5 6], [1 2])", "[t, rr] = deal(5)", "[V, D] = eig([4 1; 2 3])", "[V, lambda] = eig([1 2 0; 2 1 0; 0 0 3])", "[Q, R] = qr([1 0; 0 1; 1 1], 0)", "[R, p] = chol([2 1; 1 2])", "[n1, n2] = deal(1:3, 'a')", "[tf, loc] = ismember([1 5], [5 6 1])", "[mx, k1] = max([1 5; 7 2], [], 2)", "[num, den] = rat(0.5)", "[tok, rem1] = strtok('a b')", "[d1, d2] = size([1 2 3]');")
        if k < 0.4:
            return pick("for k = 1:3\n  v2(k) = k^2;\nend\nv2", "s2 = 0;\nfor k = [1 2 3]\n  s2 += k;\nend\ns2", "n1 = 10;\nwhile n1 > 3\n  n1 = n1 - 2;\nendwhile\nn1", "if 3 > 2\n  y1 = 1\nelse\n  y1 = 2\nend", "k1 = 5;\nif mod(k1, 2) == 0\n  p1 = 'even';\nelse\n  p1 = 'odd';\nend\np1", "for i1 = 1:2\n  for j1 = 1:3\n    H1(i1, j1) = 1 / (i1 + j1 - 1);\n  end\nend\nH1", "for k = 1:3\n  disp(k)\nend", "for k = 1:2\n  k\nend", "for c1 = [1 2; 3 4]\n  c1\nend", "switch 3\n  case 1\n    z1 = 1\n  case {2, 3}\n    z1 = 23\n  otherwise\n    z1 = 0\nend", "f1 = 1; f2 = 1;\nfor k = 3:6\n  f3 = f1 + f2; f1 = f2; f2 = f3;\nend\nf2", "do\n  k2 = 3;\nuntil true\nk2", "try\n  error('boom');\ncatch err\n  disp(err.message);\nend", "for k = 1:4\n  if k == 3, break; end\n  printf('%d\\n', k);\nend", "x5 = 0;\nwhile true\n  x5++;\n  if x5 >= 4, break; end\nend\nx5", "for k = 3:-1:1, printf('%d ', k); end; printf('\\n');")
        if k < 0.44:
            return pick("f = @(x) x.^2 + 1;\nf(3)", "g = @(x, y) x * y;\ng([1 2; 3 4], [1; 1])", "sq = @(x) x.^2\nsq(1:3)", "arrayfun(@(x) x^2, [1 2 3])", "cellfun(@numel, {'ab', 'c'})", "h = @sin;\nh(0)", "cellfun(@(x) x * 2, {1, 2})", "comp = @(f, x) f(f(x));\ncomp(@(x) 2*x, 3)", "feval(@max, [1 5 3])", "s1.a = 1;\ns1.b = 'x';\ns1", "s3 = struct('a', 1, 'b', [1 2 3])", "c3 = {1, 'a'; [1 2], {2}}", "c4 = cell(2, 2)", "isfield(struct('a', 1), 'a')", "add1 = @plus;\nadd1(1, 2)", "arrayfun(@(k) sum(1:k), 1:4)")
        if k < 0.47:
            return "format " + pick("long", "long", "short", "long g" if rng.random() < 0.1 else "long")
        if k < 0.5:
            return pick("% a comment\n", "%{\nblock\n%}\n", "# note\n", "") + pick(f"y = [1, 2, ...\n     3]", "z = 1 + ...\n    2", "T = [1 2\n     3 4]", "T = [1, 2, 3; ...\n 4, 5, 6]", "T = [ 1.5 2.5\n 3.5 4.5 ]", "x1 = 1, x2 = 2", "x1 = 1; x2 = 2", "1; 2, 3", "a1 = b1 = 3", "y = 3  % trailing", "y = 'it''s'", 'y = "say \\"hi\\""', "ans", "1 + 1; ans", "y = [1 2 3]; y(2) = 5", "clear y", "T = [1 2 % first\n 3 4]", "A1 = [1 2; 3 4]; b1 = [5; 6]; x1 = A1 \\ b1", "A1 = eye(3); A1(2, 3) = 5", "1e3;ans", "who_am_i = 5;", "pi;", "tic;", "y.a = 3", "disp('a'), disp('b')", "x1 = 5; x1", "x1 = 3 == 3")
        return self.expression() + pick("", "", "", "", "", ";" if rng.random() < 0.3 else "")


def program():
    p = Program()
    return [p.statement() for _ in range(rng.randint(4, 9))]


def quoted(source):
    return "strjoin({" + ", ".join("'" + line.replace("'", "''") + "'" for line in source.split("\n")) + "}, char(10))"


RUNNER = """1;
function t__(s__)
  format;
  for k__ = 1:numel(s__)
    try
      r__ = evalc(s__{k__});
    catch e__
      r__ = [char(1) e__.message];
    end
    printf('%s%s%s', r__, char(2), char(10));
  end
  format;
end
"""


def octave(programs):
    """The text of every statement; an error begins with U+0001."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "differential_run.m"
        path.write_text(RUNNER + "\n".join("t__({" + ", ".join(map(quoted, p)) + "});" for p in programs))
        # OpenBLAS rounds by processor; the goldens have its way on the most common ones.
        env = {**os.environ, "OPENBLAS_CORETYPE": "Haswell"}
        done = subprocess.run(["octave-cli", "-qf", path.name], cwd=folder, capture_output=True, text=True, timeout=100, env=env)
    texts = done.stdout.split("\x02\n")[:-1]
    expected = sum(map(len, programs))
    assert len(texts) == expected, (len(texts), expected, done.stderr[-2000:])
    out = []
    for p in programs:
        out.append([texts.pop(0) for _ in p])
    return out


def ours(programs):
    """For every statement the answers that begin on its lines."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, p in enumerate(programs):
            path = pathlib.Path(folder) / f"p{number}.m"
            path.write_text("\n".join(p) + "\n")
            files.append(str(path))
        found = collections.defaultdict(list)
        for k in range(0, len(files), 500):
            done = subprocess.run(["node", str(ROOT / "dist" / "cli.js"), "eval", "--json", "--language", "matlab", *files[k : k + 500]], capture_output=True, text=True)
            for line in done.stdout.splitlines():
                answer = json.loads(line)
                found[answer["file"]].append(answer)
    out = []
    for file, p in zip(files, programs):
        start = 0
        rows = []
        for statement in p:
            end = start + statement.count("\n") + 1
            rows.append([a for a in found[file] if start <= a["line"] < end])
            start = end
        out.append(rows)
    return out


def shown(text):
    return text + "\n\n" if re.match(r"\S+ =\n", text) else text + "\n"


def message(text):
    text = re.sub(r" \(note: variable .*\)$", "", text)
    text = re.sub(r" near line \d+, column \d+$", "", text)
    return text.split("  Correct usage")[0].rstrip(".") if text.startswith("Invalid call") else text


def compare(programs):
    counts = collections.Counter()
    wrong, unknown = [], []
    for p, real, answers in zip(programs, octave(programs), ours(programs)):
        for k, (statement, expected, got) in enumerate(zip(p, real, answers)):
            stopped = next((a for a in got if a["status"] != "ok"), None)
            if "warning:" in expected:
                counts["warning"] += 1
                if expected.startswith("\x01"):
                    break
                continue
            if expected.startswith("\x01parse error"):
                break
            where = "\n".join(p[: k + 1])
            if stopped and stopped["status"] == "unknown":
                counts["unknown"] += 1
                unknown.append((stopped["message"], statement))
                if expected.startswith("\x01"):
                    break
                continue
            text = "".join(shown(a["text"]) for a in got if a["status"] == "ok").rstrip("\n")
            if expected.startswith("\x01"):
                said = stopped["message"] if stopped else None
                if said == message(expected[1:]):
                    counts["same"] += 1
                elif said is None and not got:
                    counts["silent"] += 1
                else:
                    counts["wrong"] += 1
                    wrong.append((where, message(expected[1:]), said or text))
                break
            if stopped:
                counts["wrong"] += 1
                wrong.append((where, expected, stopped["message"]))
                break
            if text == expected.rstrip("\n"):
                counts["same"] += 1
            elif not got:
                counts["missing"] += 1
                unknown.append(("nothing is said", statement))
            else:
                counts["wrong"] += 1
                wrong.append((where, expected.rstrip("\n"), text))
    return counts, wrong, unknown


def main():
    programs = [program() for _ in range(int(sys.argv[2]))]
    counts, wrong, unknown = compare(programs)
    for where, expected, text in wrong:
        print("=" * 60, where, "--- Octave:", expected, "--- here:", text, sep="\n")
    if "-v" in sys.argv:
        reasons = collections.Counter((m, s if m == "nothing is said" else "") for m, s in unknown)
        for (m, s), n in reasons.most_common(70):
            example = next(st for me, st in unknown if me == m)
            print(n, m, "|", (s or example).replace("\n", " \u23ce "))
    print(dict(counts))
    sys.exit(1 if wrong else 0)


main()
