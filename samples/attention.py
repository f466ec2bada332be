import torch
import torch.nn.functional as F

# Three words as vectors of four numbers, and what turns them into queries, keys and values.
x = torch.tensor([[1.0, 0.0, 1.0, 0.0], [0.0, 2.0, 0.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
Wq = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])
Wk = torch.tensor([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
Wv = torch.tensor([[0.0, 2.0], [0.0, 3.0], [1.0, 0.0], [1.0, 1.0]])
Q, K, V = x @ Wq, x @ Wk, x @ Wv

# One attention head, in steps and in one call.
scores = Q @ K.T / K.shape[-1] ** 0.5
weights = F.softmax(scores, dim=-1)
print("weights:", weights)
weights @ V
F.scaled_dot_product_attention(Q, K, V)

# No word looks ahead: what lies above the diagonal gets no weight.
mask = torch.tril(torch.ones(3, 3)) == 0
F.softmax(scores.masked_fill(mask, float("-inf")), dim=-1)

# A layer: every row normalised, a map, an activation.
h = F.layer_norm(x, (4,))
W = torch.tensor([[1.0, -1.0, 0.0, 2.0], [0.5, 0.0, 1.0, -1.0]])
b = torch.tensor([0.1, -0.2])
F.linear(h, W, b)
F.gelu(F.linear(h, W, b))

# The loss of scores of classes, and how alike two words are.
logits = torch.tensor([[2.0, 0.5, 0.1], [0.3, 1.7, 0.2]])
F.cross_entropy(logits, torch.tensor([0, 1]))
F.cosine_similarity(x[0], x[1], dim=0)
F.cosine_similarity(x[0], x[2], dim=0)
