import { clippedRing, clipper } from './clip';
import { estimatedWidth, layOut, type PlacedLabel } from './layout';
import { colorOf, PALETTES } from './palette';
import { cellsOf } from './raster';
import type { Mark, Paint, Point, Scene } from './scene';
import { fitView, toPixel, type View } from './view';

/** Size in pixels at which labels are placed; a pixel is a fiftieth of a centimetre. */
const SIZE = { width: 480, height: 360 };
const PER_CENTIMETRE = 50;

const fixed = (x: number): string => String(Math.round(x * 1000) / 1000 + 0);

/**
 * A scene as a `tikzpicture` in the colours of the light palette, with its labels as text. It needs the
 * package tikz with its library arrows.meta.
 */
export function sceneTikz(scene: Scene): string {
  const view = fitView(scene, SIZE.width, SIZE.height);
  const { marks, labels } = layOut(scene, view, estimatedWidth);
  const colours = new Map<string, string>();
  const colour = (paint: Paint): string => {
    const hex = colorOf(paint, PALETTES.light).slice(1).toUpperCase();
    const name = typeof paint === 'string' ? `mi-${paint}` : `mi-${hex}`;
    colours.set(name, hex);
    return name;
  };
  const drawn = marks.flatMap(m => tikzMark(m, view, colour));
  const named = labels.map(l => tikzLabel(l, colour));
  const defined = [...colours].map(([name, hex]) => `  \\definecolor{${name}}{HTML}{${hex}}`);
  const frame = `\\clip (0,0) rectangle (${fixed(SIZE.width / PER_CENTIMETRE)},${fixed(SIZE.height / PER_CENTIMETRE)});`;
  return [
    '% \\usepackage{tikz} \\usetikzlibrary{arrows.meta}',
    `% ${scene.description.replace(/\s+/g, ' ')}`,
    '\\begin{tikzpicture}[halo/.style={inner sep=0.5pt, fill=white, fill opacity=0.7, text opacity=1}]',
    ...defined,
    '  \\begin{scope}',
    ...[frame, ...drawn].map(line => `    ${line}`),
    // Letters of another width may reach over the edge.
    '  \\end{scope}',
    ...named.map(line => `  ${line}`),
    '\\end{tikzpicture}',
    '',
  ].join('\n');
}

/** A place of the picture in centimetres from its lower left corner. */
const paper = ([x, y]: Point): string => `(${fixed(x / PER_CENTIMETRE)},${fixed((SIZE.height - y) / PER_CENTIMETRE)})`;

const points = (pixels: number): string => `${fixed(pixels * 0.57)}pt`;

function style(
  parts: {
    readonly draw?: string;
    readonly fill?: string;
    readonly width?: number;
    readonly dash?: readonly number[];
    readonly opacity?: number;
  },
  more: readonly string[] = [],
): string {
  const out = [...more];
  if (parts.draw) out.push(`draw=${parts.draw}`, `line width=${points(parts.width ?? 1)}`);
  if (parts.fill) out.push(`fill=${parts.fill}`);
  if (parts.dash?.[1])
    out.push(`dash pattern=${parts.dash.map((d, k) => `${k % 2 === 0 ? 'on' : 'off'} ${points(d)}`).join(' ')}`);
  if (parts.opacity !== undefined && parts.opacity < 1) out.push(`opacity=${fixed(parts.opacity)}`);
  return `[${out.join(', ')}]`;
}

/** TeX has no lengths beyond some metres: what lies far outside is cut off. Half the side of a square, in pixels. */
const NEAR = 2000;
const MIDDLE: Point = [SIZE.width / 2, SIZE.height / 2];
const cut = clipper(MIDDLE, NEAR);
const isNear = ([x, y]: Point): boolean => Math.max(Math.abs(x - MIDDLE[0]), Math.abs(y - MIDDLE[1])) <= NEAR;

const pairsOf = (flat: readonly number[]): Point[] =>
  Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]);

/** Points in pixels as a path. */
const chain = (corners: readonly Point[], closed = false): string =>
  corners.length === 0 ? '' : `${corners.map(paper).join(' -- ')}${closed ? ' -- cycle' : ''}`;

function tikzMark(mark: Mark, view: View, colour: (paint: Paint) => string): string[] {
  const at = (p: Point): string => paper(toPixel(view, p));
  switch (mark.kind) {
    case 'path': {
      const { width, dash, opacity } = mark;
      const [draw, fill] = [mark.stroke && colour(mark.stroke), mark.fill && colour(mark.fill)];
      const options = style({ draw, fill, width, dash, opacity });
      const lines = mark.lines.flatMap(flat => {
        const corners: Point[] = [];
        for (let k = 0; k + 1 < flat.length; k += 2) corners.push(toPixel(view, [flat[k], flat[k + 1]]));
        if (corners.every(isNear)) return [chain(corners, mark.closed)];
        if (mark.closed) return [chain(clippedRing(corners, MIDDLE, NEAR), true)];
        return cut(corners).map(piece => chain(pairsOf(piece), false));
      });
      const drawn = lines.filter(line => line !== '');
      return drawn.length === 0 ? [] : [`\\path${options} ${drawn.join(' ')};`];
    }
    case 'arrow': {
      if (![mark.from, mark.to].every(p => isNear(toPixel(view, p)))) {
        const [shaft] = cut([toPixel(view, mark.from), toPixel(view, mark.to)]);
        return shaft ? [`\\path${style({ ...mark, draw: colour(mark.paint) })} ${chain(pairsOf(shaft), false)};`] : [];
      }
      const [from, to] = [at(mark.from), at(mark.to)];
      return from === to
        ? []
        : [`\\path${style({ ...mark, draw: colour(mark.paint) }, ['-{Stealth}'])} ${from} -- ${to};`];
    }
    case 'points': {
      const round: string[] = [];
      for (let k = 0; k + 1 < mark.at.length; k += 2)
        if (isNear(toPixel(view, [mark.at[k], mark.at[k + 1]])))
          round.push(`${at([mark.at[k], mark.at[k + 1]])} circle[radius=${points(mark.radius)}]`);
      return round.length === 0 ? [] : [`\\path${style({ ...mark, fill: colour(mark.paint) })} ${round.join(' ')};`];
    }
    case 'cell':
      return [
        `\\path[fill=${colour(mark.fill)}] ${at([mark.x, mark.y])} rectangle ${at([mark.x + mark.width, mark.y + mark.height])};`,
      ];
    case 'raster':
      return cellsOf(mark).flatMap(cell => tikzMark(cell, view, colour));
    case 'label':
      // A number within a cell.
      return [`\\node[font=\\scriptsize] at ${at(mark.at)} {${texText(mark.text)}};`];
    case 'axes':
      // Laid out into paths before.
      return [];
  }
}

const ANCHORS = { start: 'base west', middle: 'base', end: 'base east' } as const;

function tikzLabel(l: PlacedLabel, colour: (paint: Paint) => string): string {
  const font = l.size <= 11 ? '\\scriptsize' : '\\footnotesize';
  const options = `halo, anchor=${ANCHORS[l.anchor]}, text=${colour(l.paint)}, font=\\sffamily${font}${l.bold ? '\\bfseries' : ''}`;
  return `\\node[${options}] at ${paper([l.x, l.y])} {${texText(l.text)}};`;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  '−': '$-$',
  '·': '$\\cdot$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '≈': '$\\approx$',
  '∞': '$\\infty$',
  '‖': '$\\|$',
  '√': '$\\surd$',
  '°': '$^\\circ$',
  '′': "$'$",
  λ: '$\\lambda$',
  σ: '$\\sigma$',
  θ: '$\\theta$',
  μ: '$\\mu$',
  '⁻': '$^{-}$',
  ᵀ: '$^\\top$',
};

/** Where a root begins and ends, in characters that no text has. */
const [ROOT, END] = ['\u{e000}', '\u{e001}'];

/** Plain text for LaTeX: its own characters escaped, the signs of the pictures as mathematics. */
export function texText(text: string): string {
  let out = '';
  for (const c of text.replace(/√(\d+)/g, (_, digits) => `${ROOT}${digits}${END}`)) {
    if (c === ROOT || c === END) {
      out += c === ROOT ? '$\\sqrt{' : '}$';
      continue;
    }
    const low = '₀₁₂₃₄₅₆₇₈₉'.indexOf(c);
    const high = '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c);
    if (low >= 0) out += `$_${low}$`;
    else if (high >= 0) out += `$^${high}$`;
    else if (/[#$%&_{}]/.test(c)) out += `\\${c}`;
    else if (c === '\\') out += '\\textbackslash{}';
    else if (c === '^' || c === '~') out += `\\${c}{}`;
    else out += SYMBOLS[c] ?? c;
  }
  return out;
}
