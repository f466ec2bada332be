import type { CellMark, ColorMap, ColorScale, Legend } from './color-scale';
import type { Control, Settings } from './controls';

/**
 * A display list in mathematical coordinates (y up), independent of pixels and of colours. Back ends: SVG string here,
 * canvas in the webview. `Paint` is a role; the back end chooses the colour from the theme.
 */
export type Paint =
  | 'foreground'
  | 'muted'
  | 'grid'
  | 'ghost'
  | 'axis'
  | 'first'
  | 'second'
  | 'result'
  | 'area'
  | 'area-flipped'
  | 'ellipse'
  | 'eigen'
  | 'background'
  /** A heat colour by its level on the map, which is diverging where none is named; NaN has a colour of its own. */
  | { readonly kind: 'heat'; readonly level: number; readonly map?: ColorMap };

export type Point = readonly [number, number];

export type Mark =
  | {
      readonly kind: 'path';
      /** Polylines, each flat `x0, y0, x1, y1, …`. */
      readonly lines: readonly (readonly number[])[];
      readonly closed?: boolean;
      readonly stroke?: Paint;
      readonly fill?: Paint;
      /** Width in pixels. */
      readonly width?: number;
      readonly dash?: readonly number[];
      readonly opacity?: number;
    }
  | {
      readonly kind: 'arrow';
      readonly from: Point;
      readonly to: Point;
      readonly paint: Paint;
      readonly width: number;
      readonly dash?: readonly number[];
      readonly opacity?: number;
    }
  /** Round points, flat `x0, y0, x1, y1, …`, of a radius in pixels. */
  | {
      readonly kind: 'points';
      readonly at: ArrayLike<number>;
      readonly radius: number;
      readonly paint: Paint;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'cell';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: Paint;
      readonly mark?: CellMark;
    }
  /** A grid of heat colours within a box, y down: codes row by row, as `decoded` reads them on the scale. */
  | {
      readonly kind: 'raster';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly rows: number;
      readonly columns: number;
      readonly codes: Uint8Array;
      readonly scale: ColorScale;
    }
  /** Axes through the origin over the whole view, whatever part of the plane that is; `grid` adds the faint grid of their ticks. */
  | { readonly kind: 'axes'; readonly grid: boolean; readonly labels: boolean }
  | {
      readonly kind: 'label';
      readonly at: Point;
      readonly text: string;
      readonly paint: Paint;
      /** Offset in pixels, y down. */
      readonly offset: Point;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly size?: number;
      readonly bold?: boolean;
      /** Left out where it would cover another label. */
      readonly optional?: boolean;
      /**
       * The width and height of the cell before it, within which it stands: it keeps its place, in ink that reads well on
       * the cell, and as small as it must be to fit.
       */
      readonly inCell?: Point;
    };

/** A point that the user may move: by mouse on the canvas, by keyboard on the button laid over it. */
export interface Handle {
  /** `matrix:0` is the first column of the picture's matrix, `vector`, `a`, `b`. */
  readonly id: string;
  readonly at: Point;
  readonly paint: Paint;
  /** What a screen reader says: "first column of W, (3, 5)". */
  readonly label: string;
}

/** A time of the animation with what is seen at it. */
export interface Moment {
  readonly time: number;
  readonly label: string;
}

export interface Scene {
  /** The part of the plane to show when fitting; back ends widen it to their aspect ratio. */
  readonly bounds: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
  /** Whether one unit must be equally long on both axes, and y points up (false for a heatmap: y down). */
  readonly square: boolean;
  /** Whether it reaches to the top of its frame even where units are square, so that it must leave room for the panel's buttons. */
  readonly crowded?: boolean;
  readonly marks: readonly Mark[];
  readonly handles: readonly Handle[];
  /** The picture in words: "stretches by 5.46 along (0.40, 0.91), by 0.37 across; flips orientation". */
  readonly description: string;
  /** Whether it shows space, so that the reader may turn it. */
  readonly turnable?: boolean;
  /** What a moment of the animation shows, in words. */
  readonly caption?: string;
  /** The time at which the picture is first seen; its end, where nothing is said. */
  readonly start?: number;
  /** Times worth stopping at, in order. */
  readonly moments?: readonly Moment[];
  /** Whether the scene depends on time, so that a slider and Play make sense. */
  readonly animated: boolean;
  /** What the reader may set. */
  readonly controls?: readonly Control[];
  /** What the heat colours mean. */
  readonly legend?: Legend;
}

/** From where space is seen: turned about the upright axis, and tilted, in radians. */
export interface Orbit {
  readonly yaw: number;
  readonly pitch: number;
}

/** From where space is seen first, where a picture does not choose. */
export const REST: Orbit = { yaw: 0.5, pitch: 0.42 };

export interface SceneOptions {
  /** 0 = before, 1 = after. */
  readonly time: number;
  readonly grid: boolean;
  readonly ellipse: boolean;
  readonly eigenlines: boolean;
  readonly labels: boolean;
  /** What the picture's own controls are set to. */
  readonly settings: Settings;
  /** From where space is seen; from `rest`, where nothing is said. */
  readonly orbit?: Orbit;
  /** From where the picture is first seen: `sceneOf` says it. */
  readonly rest?: Orbit;
  /** The point that the reader points at, in pictures that follow one through all their parts. */
  readonly followed?: readonly number[];
  /** Whether the view is so narrow that parts stand below each other rather than side by side, farther apart. */
  readonly narrow?: boolean;
  /** The number of the first row and column, in the language of the source. */
  readonly base: 0 | 1;
}

export const DEFAULT_SCENE_OPTIONS: SceneOptions = {
  time: 1,
  grid: true,
  ellipse: true,
  eigenlines: true,
  labels: true,
  settings: {},
  base: 0,
};
