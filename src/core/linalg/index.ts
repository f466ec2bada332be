export { type Cholesky, cholesky } from './cholesky';
export { type Eigen, generalEigen } from './general-eigen';
export { type LeastSquares, leastSquares, pseudoInverse, rankOf } from './least-squares';
export { determinant, inverse, type LU, lu, type Solved, slogdet, solve } from './lu';
export { adjoint, allFinite, frobenius, identity, type Matrix, matrix, multiply, type Spend } from './matrix';
export { type QR, qr } from './qr';
export { eigenResidual, productResidual, svdResidual } from './residuals';
export { type SVD, svd } from './svd';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen';
