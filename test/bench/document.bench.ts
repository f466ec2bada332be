import { inspect, matrixImages, readDocument } from '../../src/core/index';
import { best, percentile, row } from './measure';

/** One frame of a screen at 60 Hz, in milliseconds. */
const FRAME = 1000 / 60;

/** A program of about so many lines, as people write them: functions, comments, arrays and expressions with them. */
function program(lines: number): string {
  const out = ['import numpy as np', ''];
  for (let k = 0; out.length < lines; k++) {
    out.push(
      `# Part ${k}`,
      `def scale_${k}(x, factor=${k}):`,
      '    """Scales its argument."""',
      '    if factor > 3 and x is not None:',
      '        return [v * factor for v in x]',
      '    return {"x": x, "factor": factor}',
      '',
      `A${k} = np.array([[${k}, 1.5, 2], [3, ${k + 1}, 5], [7, 8, 10]])`,
      `x${k} = np.array([${k}, 2, 3])`,
      `y${k} = A${k} @ x${k}`,
      `z${k} = ${k === 0 ? 'y0' : `np.linalg.norm(y${k} - y${k - 1})`}`,
      '',
    );
  }
  return out.join('\n');
}

/** Reading a program and answering a hover in it, against one frame of the screen. */
export default async () => {
  const text = program(5000);
  const hoverAt = (name: string): number => text.indexOf(`${name} = `) + name.length + 5;
  const document = readDocument(text, 'python');
  const parts = Math.floor(5000 / 12) - 1;
  const hover = (k: number): void => {
    const at = hoverAt(`y${k % parts}`);
    const inspection = inspect(document, 'python', { start: at, end: at });
    if (inspection?.value) matrixImages(inspection.value, 'dark');
  };
  hover(0);
  return [
    {
      title: 'a Python file of 5,000 lines',
      rows: [
        row(
          'reading it after an edit',
          best(() => readDocument(text, 'python')),
          'one frame',
          FRAME,
        ),
        row('a hover, 95th percentile, warm', percentile(0.95, hover), 'one frame', FRAME),
        row(
          'reading it and a hover in it',
          best(() => {
            const fresh = readDocument(text, 'python');
            const at = hoverAt('y300');
            inspect(fresh, 'python', { start: at, end: at });
          }),
          'one frame',
          FRAME,
        ),
      ],
    },
  ];
};
