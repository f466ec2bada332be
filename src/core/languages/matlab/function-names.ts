/**
 * The functions that come with Octave 7.3 (as it lists them itself) and the commonest of MATLAB's own. A name called that
 * is neither a variable nor among them is a function of another file.
 */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  `
   I Inf J NA NaN O_APPEND O_ASYNC O_CREAT O_EXCL O_NONBLOCK O_RDONLY O_RDWR O_SYNC O_TRUNC O_WRONLY abs accumarray
   accumdim acos acosd acosh acot acotd acoth acsc acscd acsch add_input_event_hook addlistener addpath addpref
   addproperty addtodate airy all allchild amd ancestor and angle annotation ans any arch_fit arch_rnd arch_test area
   arg arma_rnd array2table arrayfun asctime asec asecd asech asin asind asinh assert assignin atan atan2 atan2d atand
   atanh atexit autumn available_graphics_toolkits axes axis balance bandwidth bar barh bartlett base2dec base64_decode
   base64_encode beep beep_on_error bessel besselh besseli besselj besselk bessely beta betainc betaincinv betaln bicg
   bicgstab bin2dec bincoeff bitand bitcmp bitget bitor bitpack bitset bitshift bitunpack bitxor blackman blanks
   blkdiag blkmm bone bounds box brighten bsxfun built_in_docstrings_file builtin bunzip2 bzip2 calendar camlight
   camlookat camorbit campos camroll camtarget camup camva camzoom canonicalize_file_name cart2pol cart2sph cast cat
   categorical caxis cbrt ccolamd cd ceil cell cell2mat cell2struct celldisp cellfun cellindexmat cellslices cellstr
   center cgs char chdir chol chol2inv choldelete cholinsert cholinv cholshift cholupdate circshift citation cla clabel
   class clc clear clearvars clf clock close closereq cmdline_options cmpermute cmunique colamd colloc colon colorbar
   colorcube colormap colperm colstyle columns comet comet3 command_line_path commandhistory commandwindow common_size
   commutation_matrix compan compare_versions compass completion_append_char completion_matches complex computer cond
   condeig condest confirm_recursive_rmdir conj contour contour3 contourc contourf contrast conv conv2 convhull
   convhulln convn cool copper copyfile copyobj corr corrcoef cos cosd cosh cosint cospi cot cotd coth cov cplxpair
   cputime cross csc cscd csch cstrcat csvread csvwrite csymamd ctime ctranspose cubehelix cummax cummin cumprod cumsum
   cumtrapz curl cylinder daspect daspk daspk_options dasrt dasrt_options dassl dassl_options date datenum datestr
   datetick datetime datevec dawson deal debian_missing_handler deblank debug dec2base dec2bin dec2hex decic deconv
   deg2rad del2 delaunay delaunayn delete dellistener demo det detrend diag dialog diary diff diffpara diffuse dir
   dir_encoding dir_in_loadpath disable_diagonal_matrix disable_permutation_matrix disable_range discrete_cdf
   discrete_inv discrete_pdf discrete_rnd disp display divergence dlmread dlmwrite dmperm do_string_escapes dos dot
   double drawnow dsearch dsearchn dup2 duplication_matrix duration durbinlevinson echo edit eig eigs ellipj ellipke
   ellipsoid empirical_cdf empirical_inv empirical_pdf empirical_rnd end endgrent endpwent endsWith eomday eps eq erase
   erf erfc erfcinv erfcx erfi erfinv errno errno_list error error_ids errorbar errordlg etime etree etreeplot eval
   evalc evalin example exec exist exit exp expint expm expm1 exportgraphics eye ezcontour ezcontourf ezmesh ezmeshc
   ezplot ezplot3 ezpolar ezsurf ezsurfc factor factorial fail false fclear fclose fcntl fdisp feather feof ferror
   feval fflush fft fft2 fftconv fftfilt fftn fftshift fftw fgetl fgets fieldnames figure file_in_loadpath file_in_path
   fileattrib filebrowser fileparts fileread filesep fill fill3 filter filter2 find findall findfigs findobj findstr
   fix flag flintmax flip flipdim fliplr flipud floor fminbnd fminsearch fminunc fopen fork format fplot fprintf fputs
   fractdiff frame2im fread freport freqz freqz_plot frewind fscanf fseek fskipl fsolve ftell full fullfile func2str
   functions fwrite fzero gallery gamma gammainc gammaincinv gammaln gca gcbf gcbo gcd gcf gco ge genpath genvarname
   get get_first_help_sentence get_help_text get_help_text_from_file get_home_directory getappdata getegid getenv
   geteuid getfield getframe getgid getgrent getgrgid getgrnam gethostname getpgrp getpid getpixelposition getppid
   getpref getpwent getpwnam getpwuid getrusage getuid ginput givens glob glpk gls gmres gmtime gnuplot_binary gplot
   grabcode gradient gray gray2ind grid griddata griddata3 griddatan groot gsvd gt gtext gunzip gzip hadamard hamming
   hankel hanning hash have_window_system hdl2struct heatmap height help helpdlg hess hex2dec hex2num hggroup hgload
   hgsave hgtransform hidden hilb hist histc hold home horzcat hot housh hsv hsv2rgb humps hurst hypot i ichol idivide
   ifelse ifft ifft2 ifftn ifftshift ignore_function_time_stamp ilu im2double im2frame imag image imagesc imfinfo
   imformats import importdata imread imshow imwrite ind2gray ind2rgb ind2sub index inf inferiorto info info_file
   info_program inpolygon input inputParser inputdlg inputname int16 int2str int32 int64 int8 integral integral2
   integral3 interp1 interp2 interp3 interpft interpn intersect intmax intmin inv inverse invhilb ipermute iqr
   is_absolute_filename is_dq_string is_function_handle is_leap_year is_rooted_relative_filename is_same_file
   is_sq_string is_valid_file_id isa isalnum isalpha isappdata isargout isascii isaxes isbanded isbool iscell iscellstr
   ischar iscntrl iscolormap iscolumn iscomplex isdebugmode isdefinite isdeployed isdiag isdigit isdir isempty isequal
   isequaln isequalwithequalnans isfield isfigure isfile isfinite isfloat isfolder isglobal isgraph isgraphics
   isguirunning ishandle ishermitian ishghandle ishold isieee isindex isinf isinteger isjava iskeyword isletter
   islogical islower ismac ismatrix ismember ismethod isna isnan isnull isnumeric isobject isocaps isocolors isonormals
   isosurface ispc ispref isprime isprint isprop ispunct isreal isrow isscalar issorted isspace issparse issquare isstr
   isstring isstrprop isstruct isstudent issymmetric istril istriu isunix isupper isvarname isvector isxdigit j jet
   jsondecode jsonencode jupyter_notebook kbhit kendall keyboard kill kron krylov kurtosis lasterr lasterror lastwarn
   lcm ldivide le legend legendre length lgamma license light lightangle lighting lin2mu line lines link linkaxes
   linkprop linsolve linspace list_in_columns list_primes listdlg listfonts load loaded_graphics_toolkits loadobj
   localfunctions localtime log log10 log1p log2 logical loglog loglogerr logm logspace lookfor lookup lower ls
   ls_command lscov lsode lsode_options lsqnonneg lstat lt lu luupdate mad magic make_absolute_filename
   makeinfo_program mat2cell mat2str material matlabroot matrix_type max maxNumCompThreads max_recursion_depth
   max_stack_depth mean meansq median memory menu merge mesh meshc meshgrid meshz metaclass methods mfilename mgorth
   min minus mislocked missing_component_hook missing_function_hook mldivide mlock mod mode moment more movefile
   movegui movfun movie movmad movmax movmean movmedian movmin movprod movslice movstd movsum movvar mpoles mpower
   mrdivide msgbox mtimes mu2lin munlock mustBeFinite mustBeGreaterThan mustBeGreaterThanOrEqual mustBeInteger
   mustBeLessThan mustBeLessThanOrEqual mustBeMember mustBeNegative mustBeNonNan mustBeNonempty mustBeNonnegative
   mustBeNonpositive mustBeNonsparse mustBeNonzero mustBeNumeric mustBeNumericOrLogical mustBePositive mustBeReal
   namedargs2cell namelengthmax nan nargchk nargin narginchk nargout nargoutchk native2unicode native_float_format
   nchoosek ndgrid ndims ne newline newplot news nextpow2 nexttile nnz nonzeros norm normalize normest normest1 not now
   nproc nth_element nthargout nthroot null num2cell num2hex num2str numel numfields nzmax ocean ode15i ode15s ode23
   ode23s ode45 odeget odeplot odeset ols onCleanup ones open openfig openvar optimget optimize_diagonal_matrix
   optimize_permutation_matrix optimize_range optimize_subsasgn_calls optimset or ordeig orderfields ordqz ordschur
   orient orth oruntests ostreamtube ostrsplit output_precision pack padecoef page_output_immediately
   page_screen_output pagemtimes pan pareto parseparams pascal patch path pathdef pathsep pause pbaspect pcg pchip
   pclose pcolor pcr peaks periodogram perl perms permute pi pie pie3 pink pinv pipe planerot plot plot3 plotmatrix
   plotyy plus pol2cart polar poly polyaffine polyarea polyder polyeig polyfit polygcd polyint polyout polyreduce
   polyval polyvalm popen popen2 postpad pow2 power powerset ppder ppint ppjumps ppval pqpnonneg prctile prefdir
   preferences prepad primes print printd printf prism prod profexplore profexport profile profshow
   program_invocation_name program_name properties psi publish putenv puts pwd python qmr qp qr qrdelete qrinsert
   qrshift qrupdate quad quad2d quad_options quadcc quadgk quadl quadv quantile questdlg quit quiver quiver3 qz qzhess
   rad2deg rainbow rand rande randg randi randn randp randperm range rank ranks rat rats rcond rdivide readdir
   readline_re_read_init_file readline_read_init_file readlink readtable real reallog realmax realmin realpow realsqrt
   record rectangle rectint recycle reducepatch reducevolume refresh refreshdata regexp regexpi regexprep
   regexptranslate register_graphics_toolkit rehash rem remove_input_event_hook rename repelem repelems repmat rescale
   reset reshape residue resize restoredefaultpath rethrow rgb2gray rgb2hsv rgb2ind rgbplot ribbon rindex rmappdata
   rmdir rmfield rmpath rmpref rng roots rose rosser rot90 rotate rotate3d rotdim rotx roty rotz round roundb rows rref
   rsf2csf rticks run rundemos runlength runtests save save_default_options save_header_format_string save_precision
   saveas savefig saveobj savepath scanf scatter scatter3 schur sec secd sech semilogx semilogxerr semilogy semilogyerr
   set setappdata setdiff setenv setfield setgrent setpref setpwent setstr setxor shading shg shift shiftdim
   shrinkfaces sighup_dumps_octave_core sign signbit sigquit_dumps_octave_core sigterm_dumps_octave_core
   silent_functions simplify sin sinc sind sinetone sinewave single sinh sinint sinpi size size_equal sizemax sizeof
   skewness slash slice smooth3 sombrero sort sortrows sound soundsc source spalloc sparse sparse_auto_mutate spaugment
   spconvert spdiags spearman spectral_adf spectral_xdf specular speed spencer speye spfun sph2cart sphere spinmap
   spline splinefit split_long_rows spones spparms sprand sprandn sprandsym sprank spring sprintf spstats spy sqp sqrt
   sqrtm squeeze sscanf stairs startsWith stat statistics std stderr stdin stdout stem stem3 stemleaf stft str2double
   str2func str2num strcat strchr strcmp strcmpi stream2 stream3 streamline streamribbon streamtube strfind strftime
   string string_fill_char strings strjoin strjust strmatch strncmp strncmpi strptime strread strrep strsplit strtok
   strtrim strtrunc struct struct2cell struct2hdl struct_levels_to_print structfun strvcat sub2ind subplot subsasgn
   subsindex subspace subsref substr substruct sum summer sumsq superiorto suppress_verbose_help_message surf surface
   surfc surfl surfnorm svd svd_driver svds swapbytes sylvester sym symamd symbfact symlink symrcm syms symvar
   synthesis system table tan tand tanh tar tempdir tempname terminal_size test tetramesh texi_macros_file text
   textread textscan tfqmr thetaticks tic tilde_expand tiledlayout time times title tmpfile toc toeplitz tolower
   toupper trace transpose trapz treelayout treeplot tril trimesh triplequad triplot trisurf triu true tsearch tsearchn
   turbo type typecast typeinfo umask uminus uname undo_string_escapes unicode2native unicode_idx union unique
   uniquetol unix unlink unmkpp unpack unsetenv untabify untar unwrap unzip uplus upper urlread urlwrite usejava
   user_config_dir user_data_dir validateattributes validatestring vander var vec vech vecnorm vectorize ver
   verLessThan version vertcat view viridis voronoi voronoin vpa waitbar waitfor waitforbuttonpress waitpid warndlg
   warning warning_ids warranty waterfall web weboptions webread webwrite weekday what which white whitebg who whos
   whos_line_format width wilkinson winqueryreg winter workspace xlabel xlim xline xor xtickangle xticklabels xticks
   yes_or_no ylabel ylim yline ytickangle yticklabels yticks yulewalker zeros zip zlabel zlim zoom zscore ztickangle
   zticklabels zticks
  `
    .trim()
    .split(/\s+/),
);
