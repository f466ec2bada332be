/** Functions whose results differ from run to run. */
export const RANDOM: ReadonlySet<string> = new Set('rand randn rande randg randp randi randperm tic toc clock now cputime time date input keyboard'.split(' '));

/** Functions of Octave's and MATLAB's that exist but are not computed here: a name among them is not undefined. */
export const UNCOVERED: ReadonlySet<string> = new Set(
  `abs accumarray addpath airy all arrayfun assert atan2d axis balance bar besselj beta bitand bitor bitshift bitxor
   blkdiag bsxfun cell cell2mat cellfun celldisp char circshift clc clear clf close colorbar colormap compan cond contour
   conv2 convhull cos cummax cummin cumtrapz dblquad deal deblank deconv deg2rad del2 disp display eigs erf erfc erfinv
   error eval exist exit expint fclose feval fft fft2 fftshift fgetl fieldnames figure filter filter2 fminsearch fopen
   format fplot fsolve full func2str fzero gallery gamma gca gcf getfield givens gradient graph grid griddata hadamard
   hankel hess hist histc hold housh idivide ifft ind2sub inputname int16 int2str int32 int64 int8 integral interp1 interp2
   intersect invhilb ismember isspace issparse jet krylov lasterr legend lgamma line linsolve load logm lookup lscov
   lsode lsqnonneg lsqr mat2cell mesh methods mldivide mode more mrdivide nnz normest nthroot num2cell ode45 ols ones
   optimset orderfields pcg pchip permute perms pinv plot plot3 polar polyder polyint polyout ppval print pwd qmr quad quadgk
   quiver rats regexp regexprep residue resize rosser save scatter schur semilogx semilogy setdiff setfield setxor
   shift sortrows spalloc sparse spdiags speye spline split spones sprand sqrtm stairs stem str2double str2func str2num
   strcat strcmp strcmpi strfind strjoin strjust strncmp strrep strsplit strtrim struct struct2cell structfun sub2ind
   subplot subspace surf svds sylvester text textscan tic title toascii triplequad tsearch typecast uint16 uint32 uint64
   uint8 union validatestring warning waitbar which who whos wilkinson xlabel ylabel zlabel xlim ylim zlim view
   isargout nargin nargout nargchk narginchk print_usage inputParser containers weboptions datestr datenum isfield isstruct
   iscell iscellstr ischar func isa function_handle evalc fputs puts fdisp fflush getenv setenv system rethrow lasterror
   gsvd qz ordschur krylov cgs gmres bicg planerot rotx roty rotz quat2rotm rotm2quat eul2rotm axang2rotm cov corr corrcoef
   kurtosis skewness quantile prctile histogram range iqr center zscore normalize bounds movmean cross curl divergence
   imread imshow imagesc image rgb2gray im2double audioread csvread dlmread xlsread readtable table array2table string
   strings datetime duration categorical vpa sym syms simplify solve subs pretty digits tf ss bode step impulse lqr place
   dec2bin bin2dec dec2hex hex2dec fprintf sprintf printf num2str mat2str`.split(/\s+/),
);
