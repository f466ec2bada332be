# Least squares, projections, eigenvalues and a Markov chain, as R writes them
x <- c(1, 2, 3, 4, 5)
y <- c(2.1, 3.9, 6.2, 7.8, 10.1)

# The line that fits best: the normal equations, and the same by QR
X <- cbind(1, x)
beta <- solve(t(X) %*% X, t(X) %*% y)
beta
qr.solve(X, y)

# The fitted values are the projection of y on the columns of X
H <- X %*% solve(crossprod(X)) %*% t(X)
fitted <- H %*% y
residuals <- y - fitted
round(t(X) %*% residuals, 6)
1 - sum(residuals^2) / sum((y - mean(y))^2)

# Principal axes of a covariance matrix
S <- matrix(c(2, 1, 1, 2), nrow = 2)
e <- eigen(S)
e$values
e$vectors %*% diag(e$values) %*% t(e$vectors)
det(S)

# A Markov chain: put the cursor on the product in the loop
P <- matrix(c(0.9, 0.1, 0, 0.2, 0.7, 0.1, 0, 0.3, 0.7), nrow = 3, byrow = TRUE)
state <- c(1, 0, 0)
for (day in 1:10) {
  state <- state %*% P
}
round(state, 4)

power <- function(A, n) {
  R <- diag(nrow(A))
  for (k in seq_len(n)) R <- R %*% A
  R
}
round(power(P, 50), 4)
