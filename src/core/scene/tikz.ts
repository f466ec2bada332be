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
  const body = [...marks.flatMap(m => tikzMark(m, view, colour)), ...labels.map(l => tikzLabel(l, colour))];
  const defined = [...colours].map(([name, hex]) => `  \\definecolor{${name}}{HTML}{${hex}}`);
  const frame = `  \\clip (0,0) rectangle (${fixed(SIZE.width / PER_CENTIMETRE)},${fixed(SIZE.height / PER_CENTIMETRE)});`;
  return [
    '% \\usepackage{tikz} \\usetikzlibrary{arrows.meta}',
    `% ${scene.description.replace(/\s+/g, ' ')}`,
    '\\begin{tikzpicture}',
    ...defined,
    frame,
    ...body.map(line => `  ${line}`),
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

function tikzMark(mark: Mark, view: View, colour: (paint: Paint) => string): string[] {
  const at = (p: Point): string => paper(toPixel(view, p));
  switch (mark.kind) {
    case 'path': {
      const { width, dash, opacity } = mark;
      const [draw, fill] = [mark.stroke && colour(mark.stroke), mark.fill && colour(mark.fill)];
      const options = style({ draw, fill, width, dash, opacity });
      const line = (flat: readonly number[]): string => {
        const corners: string[] = [];
        for (let k = 0; k + 1 < flat.length; k += 2) corners.push(at([flat[k], flat[k + 1]]));
        return `${corners.join(' -- ')}${mark.closed ? ' -- cycle' : ''}`;
      };
      return mark.lines.length === 0 ? [] : [`\\path${options} ${mark.lines.map(line).join(' ')};`];
    }
    case 'arrow': {
      const [from, to] = [at(mark.from), at(mark.to)];
      return from === to
        ? []
        : [`\\path${style({ ...mark, draw: colour(mark.paint) }, ['-{Stealth}'])} ${from} -- ${to};`];
    }
    case 'points': {
      const round: string[] = [];
      for (let k = 0; k + 1 < mark.at.length; k += 2)
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
  const options = `anchor=${ANCHORS[l.anchor]}, inner sep=0pt, text=${colour(l.paint)}, font=${font}${l.bold ? '\\bfseries' : ''}`;
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

/** Plain text for LaTeX: its own characters escaped, the signs of the pictures as mathematics. */
export function texText(text: string): string {
  let out = '';
  for (const c of text) {
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
