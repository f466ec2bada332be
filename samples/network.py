"""A small network learns exclusive or. Hover the layers, the loss or a gradient: the values are those of the last epoch,
and the inspector goes through all of them. Nothing is run."""
import torch
from torch import nn

torch.manual_seed(0)

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 8)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        h = torch.tanh(self.hidden(x))
        return torch.sigmoid(self.out(h))


model = Network()
optimizer = torch.optim.SGD(model.parameters(), lr=1.0, momentum=0.9)
loss_fn = nn.BCELoss()

for epoch in range(60):
    optimizer.zero_grad()
    prediction = model(X)
    loss = loss_fn(prediction, y)
    loss.backward()
    optimizer.step()

loss
model(X)
model.out.weight
model.out.weight.grad
