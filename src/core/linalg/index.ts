export { type Cholesky, cholesky } from './cholesky';
export { type Eigen, generalEigen, type Schur, schur } from './general-eigen';
export {
  inverseOfFactors,
  type LeastSquares,
  leastSquares,
  nullSpace,
  pseudoInverse,
  rangeSpace,
  rankOf,
} from './least-squares';
export { determinant, inverse, type LU, lu, type SignedLog, type Solved, slogdet, solve } from './lu';
export { adjoint, allFinite, frobenius, identity, type Matrix, matrix, multiply, type Spend, subtract } from './matrix';
export { exponential, logarithm, realPower, squareRoot } from './matrix-functions';
export { pivotedQR, type QR, qr, rawQR } from './qr';
export { eigenResidual, productResidual, svdResidual } from './residuals';
export { LONGEST } from './small-reflections';
export { type SVD, singularValues, svd } from './svd';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen';
