"""Seeded programs that differentiate and train, as people write them, for differential-torch.py."""


class Gradients:
    def __init__(self, rng):
        self.rng = rng

    def number(self):
        return self.rng.choice([f"{self.rng.randint(-4, 4)}.", repr(round(self.rng.uniform(-3, 3), self.rng.randint(1, 3)))])

    def nested(self, shape):
        if not shape:
            return self.number()
        return "[" + ", ".join(self.nested(shape[1:]) for _ in range(shape[0])) + "]"

    def tensor(self, shape, grad=False, positive=False):
        data = self.nested(shape)
        if positive:
            data = data.replace("-", "")
        double = ", dtype=torch.float64" if self.rng.random() < 0.08 else ""
        made = f"torch.tensor({data}{double}{', requires_grad=True' if grad else ''})"
        return made

    UNARY = """{a} + 1;{a} - 2.5;1 - {a};{a} * 3;0.5 * {a};{a} / 4;2 / ({a} ** 2 + 1);{a} ** 2;{a} ** 3;2 ** {a};({a} ** 2 + 1) ** 0.5;({a} ** 2 + 1) ** -1;-{a};torch.exp({a});{a}.exp();torch.log({a} ** 2 + 1);torch.sqrt({a} ** 2 + 0.5);{a}.sin();torch.cos({a});torch.tan({a} * 0.1);
{a}.tanh();torch.tanh({a});torch.sigmoid({a});{a}.sigmoid();torch.relu({a});F.relu({a});{a}.relu();F.gelu({a});F.silu({a});F.softplus({a});F.leaky_relu({a});F.leaky_relu({a}, 0.2);F.elu({a});F.relu6({a});F.logsigmoid({a});abs({a});{a}.abs();{a}.clamp(-1, 1);{a}.clamp(min=0);torch.clamp({a}, 0, 2);torch.maximum({a}, -{a});
torch.minimum({a}, {a} * 2);torch.where({a} > 0, {a}, 0.1 * {a});torch.where({a} > 0, {a}, -{a});{a}.masked_fill({a} > 0, 0.);{a}.square();{a}.log1p() if False else {a} * {a};({a} ** 2 + 1).rsqrt();({a} ** 2 + 2).reciprocal();{a}.expm1();{a}.erf();{a}.sinh();{a}.cosh();{a}.atan();{a} - {a}.mean();{a} / ({a}.std() + 1);{a} * {a}.sum();
F.softmax({a}, dim=-1);{a}.softmax(0);F.log_softmax({a}, dim=-1);{a}.cumsum(0);{a}.unsqueeze(0);{a}.unsqueeze(-1);{a}[None];{a}.view(-1);{a}.reshape(-1);{a}.flatten();{a}.flip(0);{a}.repeat(2, 1);torch.cat([{a}, {a} * 2]);torch.stack([{a}, -{a}]);{a}[0];{a}[-1];{a}[1:];{a}[:1];{a}[::2];{a}[torch.tensor([0, 1, 0])];{a}[{a} > 0];
{a}.float();{a}.double();{a}.clone();{a}.detach() * {a};{a} @ {a}.T if {a}.dim() == 2 else {a} @ {a};{a} + torch.ones({n});torch.log2({a} ** 2 + 1);torch.log10({a} ** 2 + 1);F.normalize({a}, dim=-1);torch.exp(-{a} ** 2);1 / (1 + torch.exp(-{a}));{a} % 2;torch.atan2({a}, {a} ** 2 + 1);{a}.floor();{a}.sign();torch.hypot({a}, {a} + 1);{a} - {a}.max();
torch.add({a}, {a}, alpha=0.5);torch.sub({a}, 1, alpha=2);torch.mul({a}, 2);torch.div({a}, 3);torch.pow({a}, 2);torch.neg({a});torch.square({a});{a}.add(1).mul(2);{a} * torch.tensor(2.);{a}.pow(2).add(1).log();F.tanh({a});F.sigmoid({a});{a}.unbind()[0];{a}.split(1)[0];{a}.chunk(2)[0];{a}.narrow(0, 0, 1);{a}.select(0, 0);{a}.expand(2, *{a}.shape);{a}.index_select(0, torch.tensor([1, 0]));
{a} * 1.0;+{a};{a}.contiguous();{a}.to(torch.float64);{a}.type(torch.float32);{a}.logsumexp(0);torch.stack([x * 2 for x in {a}]);F.hardtanh({a});F.mish({a});F.selu({a});F.celu({a});F.hardswish({a});F.hardsigmoid({a});F.softsign({a});F.tanhshrink({a});F.threshold({a}, 0.1, 2.);F.gelu({a}, approximate='tanh');{a}.erfc();{a}.asinh();{a}.sort()[0];{a}.topk(1).values;{a}.roll(1);{a}.cumprod(0);
torch.diff({a}, dim=0);{a}.tile(2);{a}.repeat_interleave(2);F.pad({a}, (1, 2));torch.logaddexp({a}, {a} * 2);{a}.T.contiguous() if {a}.dim() == 2 else {a};({a}.T + 1).reshape(-1);torch.addcdiv({a}, {a}, {a} ** 2 + 1);{a}.frac();torch.einsum('...,...->...', {a}, {a});torch.stack([{a}, {a}]).view(-1);{a}.take(torch.tensor([0, 0, 1]));sum([x for x in {a}]);sum({a});{a}.tolist()[0] * {a} if {a}.dim() == 1 else {a}""".replace("\n", "").split(";")
    MATRIX = """{a}.T;{a}.t();{a}.transpose(0, 1);{a}.permute(1, 0);{a}.mT;{a}[:, 0];{a}[0, 1];{a}[:, 1:];{a}[0];{a}[..., 0];{a}[:, [0, 1]];{a}[[0, 1], [1, 0]];{a}.sum(0);{a}.sum(1, keepdim=True);{a}.mean(0);{a}.mean(dim=1);{a}.max(0)[0];{a}.max(dim=1).values;{a}.min(1).values;{a}.amax(1);{a}.std(0);{a}.var(dim=0);{a}.norm(dim=1);{a}.prod(0);{a} @ {a}.T;{a}.T @ {a};torch.mm({a}, {a}.t());
{a}.matmul({a}.T);{a} - {a}.mean(0);{a} / {a}.norm(dim=1, keepdim=True);F.softmax({a}, dim=1);F.softmax({a}, dim=0);F.layer_norm({a}, {a}.shape[-1:]);{a}.diagonal();torch.diag({a}[0]);{a}.tril();{a}.triu();{a}.gather(1, torch.zeros(1, 2, dtype=torch.long));{a}.squeeze();{a}.view(1, -1).squeeze(0);{a}.logsumexp(1);{a} * {a}[0];{a} + {a}[:, :1];torch.cat([{a}, {a}], dim=1);torch.stack([{a}, {a}], dim=1);torch.vstack([{a}, {a}]);
{a}.trace() * {a};torch.outer({a}[0], {a}[0]);torch.dot({a}[0], {a}[1]);torch.mv({a}, {a}[0]);torch.linalg.norm({a});torch.norm({a});{a}.norm();torch.einsum('ij,kj->ik', {a}, {a});torch.einsum('ij->j', {a});torch.einsum('ij,ij', {a}, {a});{a}.rot90();{a}.fliplr();torch.cov({a});torch.tensordot({a}, {a}, dims=([1], [1]));F.cosine_similarity({a}, {a}.flip(0));{a}.cummax(1)[0];({a}.T * 2).view(-1);{a}.T.exp();{a}.unfold(1, 2, 1);
F.group_norm({a}, 1);F.unfold({a}[None, None], 2)[0];F.interpolate({a}[None, None], scale_factor=2)[0, 0];F.max_pool2d({a}[None], 2)[0];F.avg_pool2d({a}[None], 2, stride=1)[0];F.conv2d({a}[None], torch.ones(1, 1, 2, 2))[0];F.scaled_dot_product_attention({a}, {a}, {a}) if False else {a} * 2;{a}.unsqueeze(0) @ {a}.T;{a}.cumsum(1);{a}.masked_fill(torch.eye({r}, {c}).bool(), 0.);torch.hstack([{a}, {a}]);F.log_softmax({a}, -1);{a}.movedim(0, 1);{a}.swapaxes(0, 1)""".replace("\n", "").split(";")
    REDUCE = "{a}.sum();{a}.sum();{a}.sum();{a}.mean();{a}.mean();({a} ** 2).sum();({a} ** 2).mean();{a}.max();{a}.min();{a}.prod();{a}.std();{a}.var();{a}.norm();torch.sum({a});torch.mean({a});{a}.abs().sum();{a}.logsumexp(0).sum();torch.linalg.norm({a});{a}.amax();{a}.pow(2).sum().sqrt();torch.logsumexp({a}.flatten(), 0);{a}.flatten()[0];{a}.view(-1).max(0)[0];{a}.var(unbiased=False);(torch.arange({a}.numel()) * {a}.flatten()).sum()".split(";")

    def chain(self):
        """Operations one after the other, and the way back through them."""
        rng = self.rng
        matrix = rng.random() < 0.5
        r, c = rng.randint(2, 4), rng.randint(2, 4)
        shape = (r, c) if matrix else (c,)
        lines = [f"x = {self.tensor(shape, True)}"]
        if rng.random() < 0.4:
            lines.append(f"w = {self.tensor(rng.choice([shape, (c,), (1,), ()]), True)}")
        two = len(lines) > 1
        a = "x"
        for k in range(rng.randint(1, 4)):
            e = rng.choice(self.UNARY + (self.MATRIX * 2 if matrix else []))
            if two and rng.random() < 0.4:
                e = rng.choice(["{a} + w", "{a} * w", "w - {a}", "{a} / (w ** 2 + 1)", "{a} * w + w", "torch.maximum({a}, w)", "{a} - w * 2"])
            n = f"y{k}"
            lines.append(f"{n} = " + e.format(a=a, n=c, r=r, c=c))
            if rng.random() < 0.6:
                lines.append(n)
            a = n
        lines.append("loss = " + rng.choice(self.REDUCE).format(a=a))
        lines.append("loss")
        lines.append(rng.choice(["loss.backward()"] * 5 + ["loss.backward(retain_graph=True)\nloss.backward()", "g, = torch.autograd.grad(loss, x)\ng", "torch.autograd.grad(loss, x)", f"{a}.backward(torch.ones_like({a}))" if rng.random() < 0.7 else f"{a}.backward()",
                                 "loss.backward()\nloss.backward()", "(loss * 2).backward()\nloss.backward()" ]))
        lines += ["x.grad"] + (["w.grad"] if two else [])
        if rng.random() < 0.15:
            lines.append(rng.choice(["x.grad.zero_()\n(x ** 2).sum().backward()\nx.grad", "(x ** 2).sum().backward()\nx.grad", "x.grad = None\n(x * 3).sum().backward()\nx.grad", "x.grad.shape", "x.is_leaf, loss.is_leaf", "loss.requires_grad", "x.detach()", "with torch.no_grad():\n    z = x * 2\nz", "x.grad_fn is None", "loss.item()",
                                     "x.grad += 1\nx.grad", "x.data -= x.grad\nx", "with torch.no_grad():\n    x -= 0.1 * x.grad\nx", "with torch.no_grad():\n    x.copy_(x * 2)\nx", "g = x.grad\n(x * 2).sum().backward()\ng", "with torch.no_grad():\n    x[0] = 1.5\nx", "x.requires_grad_(False)\nx * 2", "x.requires_grad = False"]))
        return lines

    def by_hand(self):
        """A model of a few numbers, trained by hand."""
        rng = self.rng
        n, d = rng.randint(3, 6), rng.randint(1, 3)
        X, y = self.tensor((n, d)).replace(", dtype=torch.float64", ""), self.tensor((n, 1)).replace(", dtype=torch.float64", "")
        lines = [f"X = {X}", f"y = {y}"]
        lines += [rng.choice([f"w = torch.zeros({d}, 1, requires_grad=True)", f"w = torch.ones({d}, 1).requires_grad_()", f"torch.manual_seed({rng.randint(0, 99)})\nw = torch.randn({d}, 1, requires_grad=True)", f"w = nn.Parameter(torch.ones({d}, 1))"]),
                  rng.choice(["b = torch.zeros(1, requires_grad=True)", "b = torch.tensor(0.5, requires_grad=True)", "b = torch.tensor([0.], requires_grad=True)"]), f"lr = {rng.choice(['0.01', '0.1', '0.001', '0.05', '1e-2'])}"]
        pred = rng.choice(["X @ w + b", "X @ w + b", "torch.sigmoid(X @ w + b)", "torch.mm(X, w) + b", "torch.tanh(X.matmul(w) + b)"])
        loss = rng.choice(["((pred - y) ** 2).mean()", "(pred - y).pow(2).mean()", "F.mse_loss(pred, y)", "torch.mean((pred - y) ** 2)", "(pred - y).abs().mean()", "((pred - y) ** 2).sum()", "nn.MSELoss()(pred, y)"])
        update = rng.choice([
            "with torch.no_grad():\n    w -= lr * w.grad\n    b -= lr * b.grad\n    w.grad.zero_()\n    b.grad.zero_()",
            "with torch.no_grad():\n    w -= lr * w.grad\n    b -= lr * b.grad\nw.grad = None\nb.grad = None",
            "w.data -= lr * w.grad.data\nb.data -= lr * b.grad.data\nw.grad.data.zero_()\nb.grad.data.zero_()",
            "with torch.no_grad():\n    w.sub_(lr * w.grad)\n    b.sub_(lr * b.grad)\n    w.grad.zero_()\n    b.grad.zero_()",
            "with torch.no_grad():\n    for p in [w, b]:\n        p -= lr * p.grad\n        p.grad.zero_()",
            "w.data = w.data - lr * w.grad\nb.data = b.data - lr * b.grad\nw.grad.zero_()\nb.grad.zero_()",
        ])
        epochs = rng.choice([1, 2, 5, 10, 100]) if "sum()" not in loss else rng.choice([1, 2, 3])
        body = f"pred = {pred}\nloss = {loss}\nloss.backward()\n{update}"
        if rng.random() < 0.5:
            body += f"\nif epoch % {max(epochs // 4, 1)} == 0:\n    print({rng.choice(['epoch, loss.item()', 'loss', 'f' + repr('{epoch}: {loss.item():.4f}'), 'w', 'epoch, w.flatten(), b'])})"
        if rng.random() < 0.25:
            lines.append("losses = []")
            body += "\nlosses.append(loss.item())"
            tail = ["losses[-1]", "len(losses)"]
        else:
            tail = []
        inner = "\n".join("    " + s for s in body.split("\n"))
        if rng.random() < 0.25:
            lines.append(f"def train(w, b, epochs):\n    for epoch in range(epochs):\n" + "\n".join("    " + s for s in inner.split("\n")) + f"\n    return loss\nloss = train(w, b, {epochs})" if not tail and "data" not in update and "w -=" in update and "for p" not in update else f"for epoch in range({epochs}):\n{inner}")
        else:
            lines.append(f"for epoch in range({epochs}):\n{inner}")
        lines += ["w", "b", "loss"] + tail + rng.choice([[], ["w.grad"], ["X @ w + b"], ["w.detach().numpy()"], ["loss.item()"]])
        return lines

    def module(self, i, o):
        rng = self.rng
        h = rng.randint(2, 4)
        act = rng.choice(["nn.ReLU()", "nn.Tanh()", "nn.Sigmoid()", "nn.LeakyReLU(0.1)", "nn.GELU()", "nn.SiLU()"])
        bias = rng.choice(["", "", "", ", bias=False"])
        k = rng.random()
        if k < 0.35:
            return f"model = nn.Linear({i}, {o}{bias})", ["model.weight", "model.bias"]
        if k < 0.65:
            # The gradient through a norm of two numbers is nothing but rounding.
            extra = rng.choice(["", "", f"nn.LayerNorm({h}), " if h > 2 else "", f"nn.BatchNorm1d({h}), ", "nn.Identity(), ", f"nn.Linear({h}, {h}), nn.ReLU(), "])
            return f"model = nn.Sequential(nn.Linear({i}, {h}{bias}), {act}, {extra}nn.Linear({h}, {o}))", ["model[0].weight", "model[0].bias", "model[-1].weight", "list(model.parameters())[-1]"]
        forward = rng.choice([f"self.fc2({rng.choice(['torch.relu', 'torch.tanh', 'F.relu', 'F.gelu', 'torch.sigmoid'])}(self.fc1(x)))", f"x = self.fc1(x)\n        x = self.act(x)\n        return self.fc2(x)"])
        if not forward.startswith("x ="):
            forward = "return " + forward
        cls = f"class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc1 = nn.Linear({i}, {h}{bias})\n        self.act = {act}\n        self.fc2 = nn.Linear({h}, {o})\n    def forward(self, x):\n        {forward}"
        return cls + "\nmodel = Net()", ["model.fc1.weight", "model.fc2.bias", "model.fc2.weight", "[p.shape for p in model.parameters()]", "[n for n, _ in model.named_parameters()]", "sum(p.numel() for p in model.parameters())"]

    def optimiser(self):
        rng = self.rng
        lr = rng.choice(["0.1", "0.01", "1e-2", "0.05"])
        return rng.choice([f"torch.optim.SGD(model.parameters(), lr={lr})"] * 3 + [f"torch.optim.SGD(model.parameters(), lr={lr}, momentum=0.9)", f"torch.optim.SGD(model.parameters(), lr={lr}, momentum=0.9, nesterov=True)", f"torch.optim.SGD(model.parameters(), lr={lr}, momentum=0.8, weight_decay=0.01)", f"torch.optim.SGD(model.parameters(), lr={lr}, weight_decay=0.1)",
                           f"torch.optim.Adam(model.parameters(), lr={lr})", f"torch.optim.Adam(model.parameters(), lr={lr})", "torch.optim.Adam(model.parameters())", f"torch.optim.Adam(model.parameters(), lr={lr}, weight_decay=0.01)", f"torch.optim.Adam(model.parameters(), lr={lr}, betas=(0.8, 0.99))", f"torch.optim.AdamW(model.parameters(), lr={lr})", f"torch.optim.AdamW(model.parameters(), lr={lr}, weight_decay=0.1)",
                           f"torch.optim.RMSprop(model.parameters(), lr={lr})", f"torch.optim.RMSprop(model.parameters(), lr={lr}, momentum=0.5)", f"torch.optim.Adagrad(model.parameters(), lr={lr})", f"torch.optim.SGD([{{'params': model.parameters(), 'lr': {lr}}}], lr=0.5)"])

    def training(self):
        """A network, a loss and an optimiser."""
        rng = self.rng
        n, i = rng.randint(2, 6), rng.randint(1, 4)
        kind = rng.choice(["regression", "regression", "classes", "binary"])
        o = rng.randint(2, 4) if kind == "classes" else 1
        made, looks = self.module(i, o)
        lines = [f"torch.manual_seed({rng.randint(0, 999)})"]
        data = rng.random() < 0.5
        x = f"X = torch.randn({n}, {i})" if data else f"X = {self.tensor((n, i))}".replace(", dtype=torch.float64", "")
        if kind == "classes":
            y = f"y = torch.tensor({[rng.randrange(o) for _ in range(n)]})"
            loss = rng.choice(["nn.CrossEntropyLoss()", "nn.CrossEntropyLoss()", "nn.CrossEntropyLoss(reduction='sum')", "F.cross_entropy"])
            look = rng.choice(["model(X).argmax(1)", "F.softmax(model(X), dim=1)", "(model(X).argmax(dim=1) == y).float().mean()"])
        elif kind == "binary":
            y = f"y = torch.tensor({[[float(rng.randrange(2))] for _ in range(n)]})"
            loss = rng.choice(["nn.BCEWithLogitsLoss()", "F.binary_cross_entropy_with_logits", "lambda p, t: nn.BCELoss()(torch.sigmoid(p), t)"])
            look = "torch.sigmoid(model(X))"
        else:
            y = f"y = torch.randn({n}, 1)" if data else f"y = {self.tensor((n, 1))}".replace(", dtype=torch.float64", "")
            loss = rng.choice(["nn.MSELoss()", "nn.MSELoss()", "F.mse_loss", "nn.L1Loss()", "nn.SmoothL1Loss()" if False else "nn.MSELoss()", "nn.MSELoss(reduction='sum')"])
            look = "model(X)"
        parts = [x, y, made]
        if rng.random() < 0.3:
            parts = [made, x, y]
        lines += parts
        lines += [f"criterion = {loss}", f"{rng.choice(['optimizer', 'opt'])} = {self.optimiser()}"]
        opt = lines[-1].split(" =")[0]
        order = rng.choice([f"out = model(X)\nloss = criterion(out, y)\n{opt}.zero_grad()\nloss.backward()\n{opt}.step()", f"{opt}.zero_grad()\nloss = criterion(model(X), y)\nloss.backward()\n{opt}.step()", f"loss = criterion(model(X), y)\n{opt}.zero_grad(set_to_none=True)\nloss.backward()\n{opt}.step()",
                            f"loss = criterion(model(X), y)\nmodel.zero_grad()\nloss.backward()\n{opt}.step()", f"loss = criterion(model(X), y)\nloss.backward()\n{opt}.step()\n{opt}.zero_grad()"])
        extra = rng.random()
        if extra < 0.12:
            lines.append(f"sched = torch.optim.lr_scheduler.{rng.choice(['StepLR(' + opt + ', step_size=2, gamma=0.5)', 'ExponentialLR(' + opt + ', gamma=0.9)', 'MultiStepLR(' + opt + ', milestones=[1, 4])'])}")
            order += "\nsched.step()"
        elif extra < 0.24:
            order = order.replace(f"{opt}.step()", f"{rng.choice(['nn.utils.clip_grad_norm_', 'torch.nn.utils.clip_grad_norm_'])}(model.parameters(), {rng.choice(['1.0', 'max_norm=0.5', '5'])})\n{opt}.step()")
        k = rng.random()
        gelu = "gelu" in made.lower()
        stays = "reduction='sum'" not in loss
        # Its error function differs in the last digits, which Adam makes large.
        epochs = rng.choice([2, 5, 20] if gelu else [2, 5, 20, 100]) if stays else 2
        if k < 0.3:
            lines.append(order)
        elif k < 0.8:
            body = order + (f"\nif epoch % {max(epochs // 4, 1)} == 0:\n    print({rng.choice(['epoch, loss.item()', 'f' + repr('epoch {epoch}, loss {loss.item():.4f}'), 'loss'])})" if rng.random() < 0.6 else "")
            lines.append(f"for epoch in range({epochs}):\n" + "\n".join("    " + s for s in body.split("\n")))
        else:
            body = "\n".join("        " + s for s in order.replace(opt, "opt").split("\n"))
            lines.append(f"def train(model, opt, epochs):\n    model.train()\n    for epoch in range(epochs):\n{body}\n    return loss.item()\ntrain(model, {opt}, {epochs})")
        lines += ["loss"] if k < 0.8 else []
        if "sched = " in "\n".join(lines):
            lines.append(f"{opt}.param_groups[0]['lr']")
        lines += rng.sample(looks + ["model"], 1) + [rng.choice([look, "model.eval()\nwith torch.no_grad():\n    pred = model(X)\npred", look, "next(model.parameters()).grad" if "zero_grad(set" in order or ".zero_grad()" not in order.split("step()")[1] else look])]
        lines.append(rng.choice(looks))
        return lines

    def higher(self):
        """Several gradients, second derivatives, parts that are left out."""
        rng = self.rng
        x = self.tensor((rng.randint(2, 3),), True)
        return [f"x = {x}"] + rng.choice([
            ["y = (x ** 3).sum()", "g, = torch.autograd.grad(y, x, create_graph=True)", "g.detach()", "g.sum().backward()", "x.grad"],
            ["y = x.detach() * x", "y.sum().backward()", "x.grad"],
            ["with torch.no_grad():\n    c = x * 2", "(c * x).sum().backward()", "x.grad", "c.requires_grad"],
            ["y = x * 2", "y.retain_grad()", "(y ** 2).sum().backward()", "y.grad", "x.grad"],
            ["for _ in range(3):\n    (x ** 2).sum().backward()", "x.grad"],
            ["z = torch.zeros(3, requires_grad=True)", "(x.sum() * 2).backward()", "z.grad", "x.grad"],
            ["y = x ** 2", "y.backward(torch.tensor([1.] * len(x)))", "x.grad"],
            ["y = x ** 2", "y.backward(gradient=torch.ones(len(x)) * 0.5)", "x.grad"],
            ["y = x ** 2", "y.backward()"], ["torch.tensor([1., 2.]).sum().backward()"], ["x += 1"], ["x[0] = 1"], ["y = x * 1\ny += 1\ny.sum().backward()", "y", "x.grad"], ["y = x * 1\ny *= x\ny", "y.sum().backward()", "x.grad"],
            ["out = torch.zeros(len(x))\nfor i in range(len(x)):\n    out[i] = x[i] ** 2", "out", "out.sum().backward()", "x.grad"],
            ["h = torch.zeros(2)\nW = torch.eye(2, requires_grad=True)\nfor t in range(3):\n    h = torch.tanh(W @ h + x[:2])", "h", "h.sum().backward()", "W.grad", "x.grad"],
            ["def f(t):\n    return (t ** 2 + 3 * t).sum()\nf(x).backward()", "x.grad"], ["loss = 0\nfor i in range(3):\n    loss += (x * i).sum()", "loss", "loss.backward()", "x.grad"], ["a = x.clone()\na[0] = 0\na", "a.sum().backward()", "x.grad"],
            ["y = x.view(-1, 1)\n(y * y).sum().backward()", "x.grad"], ["x.grad"], ["x.grad is None"], ["y = (x * 2).detach()\ny.requires_grad", "y.requires_grad_()\n(y * x).sum().backward()", "y.grad", "x.grad"], ["p = nn.Parameter(torch.ones(2))\n(p * x[:2]).sum().backward()", "p.grad", "p"],
            ["opt = torch.optim.SGD([x], lr=0.1)\nfor _ in range(10):\n    opt.zero_grad()\n    loss = ((x - 1) ** 2).sum()\n    loss.backward()\n    opt.step()", "x", "loss"], ["opt = torch.optim.Adam([x], lr=0.1)\nfor step in range(5):\n    loss = (x ** 2).sum()\n    opt.zero_grad()\n    loss.backward()\n    opt.step()\n    print(x)", "loss.item()"],
            ["opt = torch.optim.SGD([x], lr=0.1)\nfor g in opt.param_groups:\n    g['lr'] *= 0.5\n(x ** 2).sum().backward()\nopt.step()", "x", "opt.param_groups[0]['lr']"],
            ["A = torch.tensor([[2., 1.], [1., 3.]], requires_grad=True)", rng.choice(["torch.det(A).backward()", "torch.inverse(A).sum().backward()", "torch.linalg.inv(A).trace().backward()", "torch.linalg.solve(A, x[:2]).sum().backward()", "torch.linalg.det(A).backward()", "(A @ x[:2]).sum().backward()"]), "A.grad", "x.grad"],
            ["emb = torch.arange(6.).reshape(3, 2).requires_grad_()", "F.embedding(torch.tensor([0, 2, 0]), emb).sum().backward()", "emb.grad"], ["q = torch.arange(6.).reshape(2, 3)\nk = q.clone().requires_grad_()\ns = F.softmax(q @ k.T / 3 ** 0.5, dim=-1) @ k", "s", "s.sum().backward()", "k.grad"],
            ["t = torch.arange(12.).reshape(2, 3, 2).requires_grad_()", "u = " + rng.choice(["t @ x[:2]", "t @ torch.ones(2, 2)", "t @ t.transpose(1, 2)", "t.sum(dim=(0, 2))", "t.mean(1)", "t[:, 0]", "t[0, :, 1]", "t.permute(2, 0, 1)", "t.reshape(6, 2)", "torch.bmm(t, t.transpose(1, 2))", "t.max(1)[0]", "F.softmax(t, dim=1)", "t.view(2, -1)"]), "u", "(u ** 2).sum().backward()", "t.grad"],
            ["m = nn.Dropout(0.5)\nm.eval()\nm(x)", "m(x).sum().backward()", "x.grad"], ["bn = nn.BatchNorm1d(2)\nbn.eval()\nbn(torch.ones(1, 2) * x[0])", "x.is_leaf"],
            ["x1 = x * 2\nx2 = x1 + x\nx3 = x2 * x1\nx3.sum().backward()", "x3", "x.grad", "x1.grad"], ["y = x ** 2\nx.data[0] = 5.\ny.sum().backward()", "x.grad"], ["y = torch.exp(x)\nwith torch.no_grad():\n    y += 1\ny.sum().backward()", "x.grad"],
        ])

    def images(self):
        """A convolutional network and what it is made of."""
        rng = self.rng
        n, c, h = rng.randint(2, 4), rng.randint(1, 2), rng.choice([4, 6])
        inplace = rng.choice(["", "inplace=True"])
        norm = rng.choice(["", "", "nn.BatchNorm2d(2), ", "nn.GroupNorm(1, 2), ", "nn.InstanceNorm2d(2), "])
        conv = rng.choice([f"nn.Conv2d({c}, 2, 3, padding=1)", f"nn.Conv2d({c}, 2, 3, padding='same')", f"nn.Conv2d({c}, 2, 3, padding=2, dilation=2)", f"nn.Conv2d({c}, 2, 3, padding=1, bias=False)"])
        pool = rng.choice(["nn.MaxPool2d(2)", "nn.AvgPool2d(2)", f"nn.AdaptiveAvgPool2d({h // 2})", "nn.MaxPool2d(3, stride=2, padding=1)"])
        act = rng.choice([f"nn.ReLU({inplace})", "nn.Tanh()", "nn.LeakyReLU(0.1)", "nn.SiLU()", "nn.Hardswish()"])
        lines = [f"torch.manual_seed({rng.randint(0, 999)})", f"model = nn.Sequential({conv}, {norm}{act}, {pool}, nn.Flatten(), nn.Linear({2 * (h // 2) ** 2}, 3))",
                 f"X = torch.randn({n}, {c}, {h}, {h})", f"y = torch.tensor({[rng.randrange(3) for _ in range(n)]})", f"opt = {self.optimiser()}"]
        loss = rng.choice(["nn.CrossEntropyLoss()", "nn.CrossEntropyLoss(label_smoothing=0.1)", "nn.CrossEntropyLoss(weight=torch.tensor([1., 2., 0.5]))"])
        return lines + [f"criterion = {loss}", "for epoch in range(3):\n    opt.zero_grad()\n    loss = criterion(model(X), y)\n    loss.backward()\n    opt.step()", "loss", "model[0].weight", "model[0].weight.grad", "model", "model.eval()\nmodel(X).argmax(1)"]

    def sequences(self):
        """Recurrent networks and attention."""
        rng = self.rng
        first = rng.choice(["", ", batch_first=True"])
        kind = rng.choice(["LSTM", "GRU", "RNN", "attention", "encoder"])
        lines = [f"torch.manual_seed({rng.randint(0, 999)})", "x = torch.randn(2, 3, 4, requires_grad=True)"]
        if kind == "attention":
            return lines + [f"m = nn.MultiheadAttention(4, 2{first})", "out, w = m(x, x, x)", "out.detach(), w.detach()", "out.pow(2).sum().backward()", "x.grad", "m.in_proj_weight.grad"]
        if kind == "encoder":
            return lines + [f"m = nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0{first}{rng.choice(['', ', norm_first=True'])})", "out = m(x)", "out.detach()", "out.pow(2).sum().backward()", "x.grad", "m.linear1.weight.grad"]
        more = rng.choice(["", ", num_layers=2", ", bidirectional=True"])
        return lines + [f"m = nn.{kind}(4, 3{more}{first})", "m", "out, h = m(x)", "out.detach()", "h[0].detach()", "(out ** 2).sum().backward()", "x.grad", "m.weight_hh_l0.grad", "m.bias_ih_l0.grad"]

    def pieces(self):
        """Losses, schedules, hooks and methods of modules."""
        rng = self.rng
        a, b = self.tensor((2, 3), True).replace(", dtype=torch.float64", ""), self.tensor((2, 3)).replace(", dtype=torch.float64", "")
        loss = rng.choice("""F.smooth_l1_loss(a, b);F.huber_loss(a, b, delta=0.5);F.kl_div(F.log_softmax(a, 1), F.softmax(b, 1), reduction='batchmean');F.binary_cross_entropy_with_logits(a, (b > 0).float(), pos_weight=torch.tensor([1., 2., 3.]));F.cross_entropy(a, torch.tensor([0, 2]), label_smoothing=0.2);
F.cross_entropy(a, F.softmax(b, 1));F.nll_loss(F.log_softmax(a, 1), torch.tensor([1, 0]), weight=torch.tensor([1., 2., 3.]));F.cosine_embedding_loss(a, b, torch.tensor([1, -1]));F.triplet_margin_loss(a, b, b.flip(0));F.margin_ranking_loss(a[0], a[1], torch.tensor([1., -1., 1.]), margin=0.5);F.soft_margin_loss(a, b.sign() + (b == 0).float());
F.gaussian_nll_loss(a, b, torch.ones(2, 3));F.poisson_nll_loss(a, b.abs());F.multi_margin_loss(a, torch.tensor([0, 1]));F.hinge_embedding_loss(a, (b > 0).float() * 2 - 1);F.multilabel_soft_margin_loss(a, (b > 0).float());F.pairwise_distance(a, b).sum();F.mse_loss(a, b, reduction='none').mean()""".replace("\n", "").split(";"))
        sched = rng.choice(["StepLR(opt, 2)", "LambdaLR(opt, lambda e: 0.9 ** e)", "CosineAnnealingLR(opt, T_max=4)", "LinearLR(opt, total_iters=3)", "ConstantLR(opt, factor=0.5, total_iters=2)", "OneCycleLR(opt, max_lr=0.1, total_steps=8, cycle_momentum=False)", "CosineAnnealingWarmRestarts(opt, T_0=2)",
                            "PolynomialLR(opt, total_iters=4)", "MultiplicativeLR(opt, lambda e: 0.5)"])
        return rng.choice([
            [f"a = {a}", f"b = {b}", f"loss = {loss}", "loss", "loss.backward()", "a.grad"],
            [f"a = {a}", f"b = {b}", f"loss = {loss}", "loss.backward()", "a.grad"],
            ["w = torch.tensor([1., 2.], requires_grad=True)", f"opt = torch.optim.SGD([w], lr={rng.choice(['0.1', '0.5'])})", f"sched = torch.optim.lr_scheduler.{sched}", "for _ in range(6):\n    opt.zero_grad()\n    (w ** 2).sum().backward()\n    opt.step()\n    sched.step()\n    print(sched.get_last_lr())", "w"],
            [f"a = {a}", "y = a * 2", rng.choice(["y.register_hook(lambda g: g * 3)", "a.register_hook(lambda g: g.clamp(max=1.))", "y.register_hook(lambda g: print(g))"]) + "\n(y ** 2).sum().backward()", "a.grad"],
            [f"torch.manual_seed({rng.randint(0, 99)})", "m = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))", "def init(l):\n    if isinstance(l, nn.Linear):\n        nn.init.constant_(l.weight, 0.5)\n        nn.init.zeros_(l.bias)", "m.apply(init)", "m[0].weight", "list(m.state_dict())", "n = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))\nn.load_state_dict(m.state_dict())", "n[2].weight",
             "[k for k, _ in n.named_modules()]", "len(n)"],
            [f"a = {a}", f"t = a.T {rng.choice(['+ 1', '* 2', '.exp() if False else a.T'])}", rng.choice(["t.is_contiguous()", "t.view(-1)", "t.contiguous().view(6)", "t.reshape(-1)", "t.stride()", "(t * 1.0).view(3, 2)"]), "t.sum().backward()", "a.grad"],
        ])

    def program(self):
        k = self.rng.random()
        if self.rng.random() < 0.3:
            return "\n".join(self.rng.choice([self.images, self.sequences, self.pieces, self.pieces])())
        lines = self.chain() if k < 0.5 else self.by_hand() if k < 0.65 else self.training() if k < 0.85 else self.higher()
        return "\n".join(lines)
