import { expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';
import { EXHIBITS, galleryPages } from '../../support/gallery';

/** What a picture says of numbers that are none. */
const COUNTED = '1 NaN (X)';

it('draws every picture of the gallery in every theme with finite coordinates', () => {
  const pages = galleryPages();
  expect(Object.keys(pages)).toEqual(['light.html', 'dark.html', 'high-contrast.html', 'high-contrast-light.html']);
  for (const page of Object.values(pages)) expect(page.replaceAll(COUNTED, '')).not.toMatch(/NaN|Infinity|undefined/);
});

it('has words for every picture at every moment', () => {
  for (const { title, picture } of EXHIBITS)
    for (const time of [0, 0.2, 0.7, 1]) {
      const { description } = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time });
      expect(description.length, title).toBeGreaterThan(20);
      expect(description.replace(COUNTED, ''), title).not.toMatch(/NaN|undefined|e−1[4-9]/);
    }
});
