/** Functions whose results differ from run to run. */
export const RANDOM: ReadonlySet<string> = new Set(
  'rand randn rande randg randp randi randperm tic toc clock now cputime time date input keyboard'.split(' '),
);
