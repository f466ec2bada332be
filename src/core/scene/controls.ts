import type { SceneOptions } from './scene';

/** A setting of a picture that the reader may change, as data: the panel draws it and hands the answer back in `settings`. */
export type Control =
  | {
      readonly kind: 'range';
      readonly name: string;
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly value: number;
      /** The value in words, where the number alone says too little. */
      readonly text?: string;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly choices: readonly Choice[];
      readonly value: string;
    };

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What the reader has chosen, by the names of the controls. */
export type Settings = Readonly<Record<string, number | string>>;

type Range = Extract<Control, { kind: 'range' }>;

/** A range with the value that is set for it, brought into its limits and onto its steps; otherwise its own. */
export function range(options: SceneOptions, control: Omit<Range, 'kind'>): Range {
  const { name, min, max, step } = control;
  const set = options.settings[name];
  const value = typeof set === 'number' && Number.isFinite(set) ? set : control.value;
  const stepped = min + Math.round((value - min) / step) * step;
  return { ...control, kind: 'range', value: Number(Math.min(Math.max(stepped, min), max).toPrecision(12)) };
}

/** A range over the indices 0 to `count` − 1, which says its value as the language of the source numbers it. */
export function indexRange(options: SceneOptions, name: string, label: string, count: number): Range {
  const found = range(options, { name, label, min: 0, max: Math.max(0, count - 1), step: 1, value: 0 });
  return { ...found, text: String(found.value + options.base) };
}

/** A choice with the value that is set for it, where that is one of its own; otherwise the first. */
export function choice<T extends string>(
  options: SceneOptions,
  control: {
    readonly name: string;
    readonly label: string;
    readonly choices: readonly (Choice & { readonly value: T })[];
  },
): Extract<Control, { kind: 'choice' }> & { readonly value: T } {
  const { choices } = control;
  const set = options.settings[control.name];
  return { ...control, kind: 'choice', value: (choices.find(c => c.value === set) ?? choices[0]).value };
}
