import numpy as np

# Two vectors: put the cursor on a line, or hover over a name.
a = np.array([1, 2])
b = np.array([3, 4])
print("a + b:", a + b)
2.5 * a
np.dot(a, b)

# A matrix as a map of the plane, applied to a vector.
W = np.array([[3, 4], [5, 6]])
np.dot(W, a)
print("W @ a:", W @ a)

# Length and distance.
np.linalg.norm(a)
np.linalg.norm(a - b)

# Layers: a 3×2 matrix after a 2×3 matrix, and an input.
W1 = np.array([[1, 0], [2, -1], [0, 3]])
W2 = np.array([[1, 2, 0], [0, 1, 1]])
x = np.array([1, 0, 2])
W1 @ W2
W1 @ W2 @ x

# A turn has complex eigenvalues.
turn = np.array([[0.0, -1.0], [1.0, 0.0]])
np.linalg.eig(turn)

# Shapes that do not fit say so.
np.ones((2, 3)) @ np.ones((2, 2))
