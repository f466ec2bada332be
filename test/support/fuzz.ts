import { FAULT } from '../../src/core/evaluate/evaluate';
import { evaluateSource, inspect, inspectFormula, matrixImages, readDocument, toJson } from '../../src/core/index';

/** Texts that are mutated, by language; a path stands for a file. */
export const SEEDS: Readonly<Record<string, readonly string[]>> = {
  python: [
    'samples/first.py',
    'samples/descent.py',
    'samples/network.py',
    'import numpy as np\nA = np.arange(12).reshape(3, 4)\nA[1:, ::-1]\nA[A > 3] = 0\nA.sum(axis=0, keepdims=True)\n',
    'from numpy.linalg import svd, norm as n\nimport numpy as np\nu, s, vt = svd(np.eye(3))\nn(u @ np.diag(s) @ vt)\n',
    'def f(x, *a, k=1, **kw):\n    """Doc."""\n    y = [i ** 2 for i in range(3) if i]\n    return {**kw, "a": y}\nwith open("f") as h:\n    pass\nx = f"{1:>3} {2!r}"\n',
    'x = 1 if 2 < 3 <= 4 else not 5\nx += (lambda q: q)(1)\n[*a, *b]\nx[..., None, -1]\nasync def g(): await h\n@d\nclass C(B): z: int = 3\n',
  ],
  r: [
    'samples/regression.R',
    'A <- matrix(c(2, 1, 1, 3), nrow = 2, byrow = TRUE)\nb <- c(x = 1, y = 2)\nsolve(A, b)\nA %*% b\n',
    'f <- function(x, y = 2, ...) {\n  if (x > 0) return(x + y) else x |> sum()\n}\nf(1:3, y = -1)\nsapply(1:4, \\(i) i^2)\n',
    'x <- 1:10; x[x %% 2 == 0] <- NA\nmean(x, na.rm = TRUE)\nl <- list(a = 1, b = list(c = "t"))\nl$b$c; l[["a"]]\n',
    'for (i in seq_len(3)) { if (i == 2) next; cat(i, "\\n") }\nwhile (TRUE) break\nrepeat { break }\n',
    'M <- diag(3); M[2, ] <- c(1, 2, 3); dim(M) <- NULL; names(M) <- letters[1:9]\neigen(crossprod(matrix(1:6, 2)))\n',
    'e <- tryCatch(stop("no"), error = function(e) conditionMessage(e)); counter <- function() { n <<- 1 }\n`my var` <- 0x1F + 1e-3 + 2L + 1i\n',
  ],
  matlab: [
    'samples/example.m',
    "A = [1 2; 3 4]';\nx = A \\ [5; 6]\nA(:, end) = [];\n[q, r] = qr(A)\nif true, B = A.^2, else, B = 1:3; end\nf = @(x) x.^2 + 1;\nf(3)\n",
    'x = [1 -2, 3 - 4\n 5 6 ...\n 7 8];\nfprintf("%d\\n", x);\n%{\nblock\n%}\nfunction y = g(x)\n y = x;\nend\n',
  ],
  latex: [
    'samples/notes.tex',
    '$W = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}, \\mathbf{x} = [3, 4]$ \\[ W\\mathbf{x} = \\frac{1}{2} \\cdot \\sqrt[3]{8}\\|x\\|_2^2 \\approx 2.83 \\]',
    '\\begin{align} a &= \\left( \\begin{array}{cc} 1 & 2 \\end{array} \\right)^\\top \\\\ b &= \\det(a^{-1}) \\end{align}',
  ],
  markdown: [
    'samples/linear-algebra.md',
    '# T\n\n$a = 1$ and $$a + 1 = 2$$\n\n```python\nx = [1, 2]\nx\n```\n\n```matlab\n[1 2]\n```\n',
  ],
  typescript: [
    'const A: number[][] = [[1, 2.5], [-3, 4e-1]]; // [1, 2, 3]\nconst m = new THREE.Matrix3().set(1, 2, 3, 4, 5, 6, 7, 8, 9);\nx = a / b;\n`t [1, 2, 3]`;\nreturn [[1], [2]];\n',
  ],
  cpp: [
    'double A[2][2] = {{1.0f, 2.0f}, /* x */ {3.f, 4e2L}};\nglm::mat2 m(1.0f, 2.0f, 3.0f, 4.0f);\nEigen::Matrix2d B{{1, 2}, {3, 4}};\nauto v = glm::vec3(1, 2, 3);\n',
  ],
  julia: ['A = [1 2; 3 -4]\nv = [1, -2, 3]  # c\nw = [1 2\n 3 4]\n#= block =#\n'],
};

const PIECES =
  '( ) [ ] { } , ; : . = == + - * / \\ @ ^ \' " # % $ & | \n \t \r 0 1 -1 1e308 1e999 0x 1_0 np. np.array( .T end $$ \\begin{bmatrix} \\end{bmatrix} \\\\ \\frac \\mathbf _\\mathrm \\hat{ _ ... lambda for in if else \ufeff \0 𝒲 \u00a0 −'.split(
    ' ',
  );

/** A seed with some characters deleted, doubled, swapped or put in, or two seeds joined. */
export function mutated(seeds: readonly string[], next: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  let text = pick(seeds);
  const place = (): number => Math.floor(next() * (text.length + 1));
  for (let n = 1 + Math.floor(next() * 6); n > 0; n--) {
    const at = place();
    const to = Math.min(text.length, at + Math.floor(next() ** 3 * 40));
    switch (Math.floor(next() * 6)) {
      case 0:
        text = text.slice(0, at) + text.slice(to);
        break;
      case 1:
        text = text.slice(0, to) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + pick(PIECES) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at) + pick(PIECES).repeat(1 + Math.floor(next() * 5)) + text.slice(to);
        break;
      case 4: {
        const other = pick(seeds);
        const from = Math.floor(next() * other.length);
        text = text.slice(0, at) + other.slice(from, from + 60) + text.slice(at);
        break;
      }
      default:
        text = text.slice(0, at);
    }
  }
  return text.slice(0, 4000);
}

/** Reads, evaluates and inspects a text as the editor does; what went wrong, or nothing. */
export function survive(text: string, language: string, next: () => number): string | undefined {
  const since = performance.now();
  try {
    const document = readDocument(text, language);
    for (const e of evaluateSource(document, language, { limits: 'small', assignments: true, inside: true })) {
      if (e.status !== 'ok' && !e.message) return `no message for ${e.source}`;
      if (e.message?.startsWith(FAULT)) return `${e.source}: ${e.message}`;
      if (e.value) JSON.stringify(toJson(e.value));
    }
    for (let k = 0; k < 4; k++) {
      const start = Math.floor(next() * (text.length + 1));
      const end = k < 2 ? start : Math.min(text.length, start + Math.floor(next() * 30));
      const found = inspect(document, language, { start, end }, { orStatement: k % 2 === 1 });
      if (found?.message?.startsWith(FAULT)) return `${found.source}: ${found.message}`;
      if (found?.value) matrixImages(found.value, 'dark');
      if (k === 3) inspectFormula(text.slice(start, end));
    }
  } catch (e) {
    return e instanceof Error ? e.stack : String(e);
  }
  // Far above what the small budget allows on a slow machine: only a hang is as long.
  return performance.now() - since > 20_000 ? 'it took more than 20 s' : undefined;
}
