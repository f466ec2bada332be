"""Fitting a line by gradient descent. Hover what stands in the functions and in the loop: it has the value of the last pass.
The inspector goes through all the passes."""
import numpy as np

X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
y = np.array([1.1, 2.9, 5.2, 6.8])


def predict(w):
    return X @ w


def loss_of(w):
    residual = predict(w) - y
    return residual @ residual / len(y)


def gradient(w):
    return 2 * X.T @ (predict(w) - y) / len(y)


w = np.zeros(2)
for step in range(60):
    loss = loss_of(w)
    g = gradient(w)
    w = w - 0.1 * g
    if step % 20 == 0:
        print(step, loss)

w
np.linalg.lstsq(X, y, rcond=None)[0]

# The direction that the matrix turns everything to, found by multiplying again and again.
A = np.array([[2.0, 1.0], [1.0, 3.0]])
v = np.array([1.0, -1.0])
for k in range(10):
    v = A @ v
    v /= np.linalg.norm(v)
    eigenvalue = v @ A @ v

eigenvalue, max(np.linalg.eigvalsh(A))
