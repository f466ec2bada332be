/** Which parts of libraries draw from none of the generators that libraries keep for themselves, whatever they are given. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Modules that draw from none of them. */
const QUIET: ReadonlySet<string> = words(
  `math cmath os sys time json re itertools functools collections operator copy string typing dataclasses pathlib datetime
   argparse logging pprint decimal fractions warnings csv io abc enum matplotlib glob shutil textwrap inspect types
   numbers platform struct base64 hashlib calendar locale gc traceback h5py PIL cv2 mpl_toolkits imageio ipywidgets plotly tqdm tabulate rich __future__`,
);
/** Modules that draw from NumPy's or Python's generator only. */
const APART_FROM_TORCH: ReadonlySet<string> = words(
  'scipy pandas seaborn sklearn skimage sympy networkx statsmodels random jax',
);
/** Modules whose import draws nothing, though their functions may. */
const IMPORTED: ReadonlySet<string> = words(
  `numpy torch IPython torchvision torchaudio torchtext torchmetrics transformers datasets timm einops lightning pytorch_lightning
   sklearn tensorflow keras cupy statistics pickle unittest pytest doctest contextlib subprocess multiprocessing threading
   pylab autograd requests urllib yaml tomllib heapq bisect array uuid secrets tempfile zipfile xgboost lightgbm catboost`,
);
const SCIPY =
  /^scipy\.(linalg(?!\.interpolative)|special|fft|constants|integrate|interpolate|signal|ndimage|spatial\.distance|io)\b/;
const TORCH =
  /^torch\.(no_grad|enable_grad|inference_mode|set_grad_enabled|device|set_printoptions|manual_seed|set_num_threads|use_deterministic_algorithms|is_tensor|get_rng_state|initial_seed|save|tensor|zeros|ones|full|arange|linspace|eye|as_tensor|from_numpy|u?int\d*|long|short|b?float\d*|double|half|bool|pi|inf|nan|e|empty|empty_like|numel|Size|version\.\w+|__version__|backends\.[\w.]+|cuda\.(is_available|device_count|current_device|get_device_name|manual_seed|manual_seed_all|empty_cache|synchronize)|optim\.(\w+|lr_scheduler\.\w+)|nn\.(Parameter|ModuleList|Sequential|Identity|Flatten|\w*(Loss|ReLU|Dropout|Pool[123]d)|Softmax|Sigmoid|Tanh|GELU|SiLU))$/;

const topOf = (path: string): string => path.split('.', 1)[0];

/** Whether the function or class at a path draws nothing from a generator that a library keeps. */
export function isQuietPath(path: string, kept: string): boolean {
  const top = topOf(path);
  if (QUIET.has(top) || path.startsWith('IPython.display')) return true;
  if (top === 'numpy') return kept !== 'numpy.random' || !/^numpy\.random\b/.test(path);
  if (kept === 'torch.random') return APART_FROM_TORCH.has(top) || TORCH.test(path);
  if (top === 'torch') return !/^torch\.(utils|hub|multiprocessing|distributed|jit|compile)/.test(path);
  if (top === 'scipy') return SCIPY.test(path);
  return top === 'random' && kept !== 'python.random';
}

/** Whether importing a module draws nothing. */
export const isQuietImport = (path: string): boolean =>
  QUIET.has(topOf(path)) || APART_FROM_TORCH.has(topOf(path)) || IMPORTED.has(topOf(path));
