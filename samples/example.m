% Matrices as MATLAB and Octave write them
A = [1 2; 3 4];
A * [3; 4]
[1 -2] * [3 4]'
A \ [5; 6]
det(A)
