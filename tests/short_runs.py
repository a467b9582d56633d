"""Networks and short runs of them, to be examined for what ails them."""

from backprop import Dataset, DivergedError, Experiment, Layer, Trainer


def network(activation: str, initializer: str = "xavier", units: int = 2, depth: int = 1) -> tuple[Layer, ...]:
    """Return ``depth`` hidden layers of ``units`` units, and one sigmoid unit after them."""
    return (*(Layer(units, activation, initializer) for _ in range(depth)), Layer(1, "sigmoid", initializer))


def after(experiment: Experiment, steps: int, dataset: Dataset | None = None) -> Trainer:
    """Return a run after ``steps`` steps, or fewer if it has diverged."""
    trainer = Trainer(experiment, dataset)
    try:
        for _ in range(steps):
            trainer.step_batch()
    except DivergedError:
        pass
    return trainer
