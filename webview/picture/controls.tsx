import type { Control, Picture } from '../../src/core/panel';
import { preferences, setPreferences } from '../store';

/** Remembers what a control of this kind of picture is set to. */
function set(kind: Picture['kind'], name: string, value: number | string): void {
  const { settings } = preferences.peek();
  setPreferences({ settings: { ...settings, [kind]: { ...settings[kind], [name]: value } } });
}

function Field({ kind, control }: { readonly kind: Picture['kind']; readonly control: Control }) {
  switch (control.kind) {
    case 'range':
      return (
        <label class="control">
          <span>{control.label}</span>
          <input
            type="range"
            min={control.min}
            max={control.max}
            step={control.step}
            value={control.value}
            aria-valuetext={control.text}
            onInput={event => set(kind, control.name, event.currentTarget.valueAsNumber)}
          />
          <output class="muted">{control.text ?? control.value}</output>
        </label>
      );
    case 'choice':
      return (
        <label class="control">
          <span>{control.label}</span>
          <select value={control.value} onChange={event => set(kind, control.name, event.currentTarget.value)}>
            {control.choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      );
  }
}

/** The settings that a picture declares, in its order. */
export function Controls({
  kind,
  controls = [],
}: {
  readonly kind: Picture['kind'];
  readonly controls?: readonly Control[];
}) {
  if (controls.length === 0) return null;
  return (
    <div class="controls">
      {controls.map(control => (
        <Field key={control.name} kind={kind} control={control} />
      ))}
    </div>
  );
}
