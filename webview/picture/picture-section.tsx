import { useMemo, useRef, useState } from 'preact/hooks';
import {
  arrayView,
  DEFAULT_SCENE_OPTIONS,
  editedPicture,
  type Heatmap,
  type Layer,
  type Orbit,
  type Picture,
  type Point,
  restOf,
  type SceneOptions,
  type Settings,
  sceneOf,
  typeOf,
} from '../../src/core/panel';
import { ChangeBar } from '../controls/change-bar';
import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { baseOf } from '../indexing';
import {
  changes,
  choosePicture,
  chosen,
  editPicture,
  finishEdit,
  holding,
  inspection,
  original,
  picture,
  pictures,
  preferences,
  setPreferences,
  subjectCount,
} from '../store';
import { useClock } from './clock';
import { Controls } from './controls';
import { ExportButtons } from './export';
import { LegendBar } from './legend';
import { Stage, useSize } from './stage';
import { isStill } from './theme';
import { TileStage } from './tile-stage';
import { cellText, handleLabel } from './words';

const NO_SETTINGS: Settings = {};

/** Pictures narrower than so many pixels stack their parts. */
const NARROW = 420;

const LAYERS: Readonly<Record<Layer, string>> = { grid: 'Grid', ellipse: 'Unit circle', eigenlines: 'Eigenlines' };

function Layers({ layers, inSpace }: { readonly layers: readonly Layer[]; readonly inSpace: boolean }) {
  if (layers.length === 0) return null;
  return (
    <fieldset class="layers">
      <legend class="visually-hidden">Show</legend>
      {layers.map(layer => (
        <label key={layer}>
          <input
            type="checkbox"
            checked={preferences.value[layer]}
            onChange={event => setPreferences({ [layer]: event.currentTarget.checked })}
          />
          {layer === 'ellipse' && inSpace ? 'Unit sphere' : LAYERS[layer]}
        </label>
      ))}
    </fieldset>
  );
}

function PictureSelect() {
  const all = pictures.value;
  if (all.length < 2) return null;
  return (
    <select
      aria-label="Picture"
      title={picture.value && typeOf(picture.value).title}
      value={picture.value?.kind}
      onChange={event => choosePicture(event.currentTarget.value)}
    >
      {all.map(one => (
        <option key={one.kind} value={one.kind}>
          {typeOf(one).title}
        </option>
      ))}
    </select>
  );
}

/** Straight from above or below. */
const MAX_PITCH = Math.PI / 2;

const clampIndex = (k: number, length: number): number => Math.min(Math.max(k, 0), length - 1);

/** The cell cursor of a heatmap, by pointer and by arrow keys. */
function useCell(picture: Picture): {
  readonly text: string;
  readonly probe?: (p: Point | undefined) => void;
  readonly step?: (dx: number, dy: number) => void;
} {
  const [cell, setCell] = useState<Point | undefined>(undefined);
  if (picture.kind !== 'heatmap') return { text: '' };
  const map: Heatmap = picture;
  const [column, row] = cell ?? [0, 0];
  return {
    text: cell
      ? cellText(map, clampIndex(row, map.rows), clampIndex(column, map.columns), baseOf(inspection.value))
      : '',
    probe: at => {
      if (!at) return;
      const [x, y] = at;
      const inside = x >= 0 && y >= 0 && x < map.columns && y < map.rows;
      setCell(inside ? [Math.floor(x), Math.floor(y)] : undefined);
    },
    step: (dx, dy) => setCell(cell ? [clampIndex(column + dx, map.columns), clampIndex(row + dy, map.rows)] : [0, 0]),
  };
}

function PictureView({ source, now }: { readonly source: Picture; readonly now: Picture }) {
  const [moved, setMoved] = useState<string | undefined>(undefined);
  const type = typeOf(now);
  const { grid, ellipse, eigenlines } = preferences.value;
  const cell = useCell(now);
  const [entry, setEntry] = useState('');
  const node = useRef<HTMLDivElement>(null);
  const { width } = useSize(node);
  const narrow = width > 0 && width < NARROW;
  const settings = preferences.value.settings[now.kind] ?? NO_SETTINGS;
  const framed = useMemo(() => {
    const at = { ...DEFAULT_SCENE_OPTIONS, settings, narrow };
    const end = sceneOf(source, at);
    return end.start === undefined ? end : sceneOf(source, { ...at, time: end.start });
  }, [source, settings, narrow]);
  // Stages follow each other to the end; a single moment on the way is no place to stop.
  const stages = framed.moments?.map(moment => moment.time) ?? [];
  const clock = useClock(isStill, framed.start, stages[stages.length - 1] === 1 ? stages : []);
  const [orbit, setOrbit] = useState<Orbit>(() => restOf(source));
  const base = baseOf(inspection.value);
  const [followed, follow] = useState<readonly number[] | undefined>(undefined);
  const { time } = clock;
  const options: SceneOptions = {
    time,
    grid,
    ellipse,
    eigenlines,
    labels: true,
    settings,
    orbit,
    followed,
    narrow,
    base,
  };
  const scene = useMemo(
    () => sceneOf(now, options),
    [now, time, grid, ellipse, eigenlines, settings, orbit, followed, narrow, base],
  );
  // Handles stand where the picture is first seen; the controls for them stay.
  const movable = framed.handles.length > 0;
  const { changed } = changes.value;

  const move = (id: string, to: Point, by: 'pointer' | 'keyboard'): void => {
    const { start = 1 } = framed;
    if (clock.playing || clock.time !== start) clock.set(start);
    setMoved(id);
    follow(undefined);
    editPicture(editedPicture(now, id, to, 0, orbit));
    if (by === 'keyboard') finishEdit(by);
  };

  const turn = (dx: number, dy: number): void =>
    setOrbit(old => ({ yaw: old.yaw - dx, pitch: Math.min(Math.max(old.pitch + dy, -MAX_PITCH), MAX_PITCH) }));

  const summary = inspection.value?.summary.join(' · ') ?? '';
  const readout =
    changed && moved && !followed
      ? `${handleLabel(scene, moved)}${summary ? ` · ${summary}` : ''}`
      : (scene.caption ?? (entry || cell.text));
  const hint =
    now.kind === 'heatmap' || now.kind === 'array-heatmap'
      ? 'Point at a cell, or move over the cells with the arrow keys.'
      : scene.turnable
        ? 'Drag the picture, or use its arrow keys, to turn it.'
        : type.pointed
          ? 'Point at a place, or move over the grid with the arrow keys, to see it in every frame.'
          : movable
            ? 'Drag a round handle, or focus it and use the arrow keys.'
            : '';

  return (
    <div class="picture" ref={node}>
      {now.kind === 'array-heatmap' ? (
        <TileStage
          picture={now}
          index={chosen.value}
          view={arrayView(now, options)}
          scene={scene}
          base={base}
          say={setEntry}
        />
      ) : (
        <Stage
          scene={scene}
          framed={framed}
          move={move}
          hold={held => {
            holding.value = held;
            if (!held) finishEdit();
          }}
          probe={type.pointed ? (at, reach) => follow(at && type.pointed?.(now, options, at, reach)) : cell.probe}
          step={
            type.stepped && !scene.turnable
              ? (dx, dy) => follow(type.stepped?.(now, followed, [dx, -dy]) ?? followed)
              : cell.step
          }
          turn={scene.turnable ? turn : undefined}
          rest={() => setOrbit(restOf(source))}
        />
      )}
      <p class="readout" role="status">
        {readout || <span class="muted">{hint}</span>}
      </p>
      {scene.animated && (
        <div class="time">
          <button type="button" class="button secondary play" onClick={clock.playing ? clock.pause : clock.play}>
            <Icon name={clock.playing ? 'debug-pause' : 'play'} />
            <span>{clock.playing ? 'Pause' : 'Play'}</span>
          </button>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={clock.time}
            aria-label="Time, from before to after"
            aria-valuetext={scene.caption || `${Math.round(100 * clock.time)} %`}
            list={scene.moments ? 'moments' : undefined}
            onInput={event => clock.set(event.currentTarget.valueAsNumber)}
          />
          <output class="muted">{Math.round(100 * clock.time)} %</output>
          {scene.moments && (
            <datalist id="moments">
              {scene.moments.map(({ time, label }) => (
                <option key={time} value={Math.round(100 * time) / 100} label={label} />
              ))}
            </datalist>
          )}
        </div>
      )}
      {scene.legend && <LegendBar legend={scene.legend} />}
      <Controls kind={now.kind} controls={scene.controls} />
      <Layers layers={type.layers} inSpace={scene.turnable ?? false} />
      {movable && <ChangeBar />}
      <ExportButtons title={type.title} scene={scene} tiled={now.kind === 'array-heatmap'} />
      <p class="description">{scene.description}</p>
    </div>
  );
}

export function PictureSection() {
  const source = original.value;
  const now = picture.value;
  if (!source || !now) return null;
  return (
    <Section id="picture" title="Picture" actions={<PictureSelect />}>
      <PictureView key={`${subjectCount.value} ${source.kind}`} source={source} now={now} />
    </Section>
  );
}
