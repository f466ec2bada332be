import type { Rule } from './rules';
import { ACTIVATION_RULES } from './rules-activations';
import { ELEMENTWISE_RULES } from './rules-elementwise';
import { NN_RULES } from './rules-nn';
import { PRODUCT_RULES } from './rules-products';
import { REDUCTION_RULES } from './rules-reductions';
import { SELECTING_RULES } from './rules-selecting';
import { SHAPE_RULES } from './rules-shape';
import { WINDOW_RULES } from './rules-windows';

/** Every operation whose gradient is known, by the last part of its name in torch. */
export const RULES: ReadonlyMap<string, Rule> = new Map([
  ...ELEMENTWISE_RULES,
  ...REDUCTION_RULES,
  ...PRODUCT_RULES,
  ...SHAPE_RULES,
  ...SELECTING_RULES,
  ...NN_RULES,
  ...ACTIVATION_RULES,
  ...WINDOW_RULES,
]);
