import type { Rule } from './rules';
import { ELEMENTWISE_RULES } from './rules-elementwise';
import { NN_RULES } from './rules-nn';
import { PRODUCT_RULES } from './rules-products';
import { REDUCTION_RULES } from './rules-reductions';
import { SHAPE_RULES } from './rules-shape';

/** Every operation whose gradient is known, by the last part of its name in torch. */
export const RULES: ReadonlyMap<string, Rule> = new Map([
  ...ELEMENTWISE_RULES,
  ...REDUCTION_RULES,
  ...PRODUCT_RULES,
  ...SHAPE_RULES,
  ...NN_RULES,
]);
