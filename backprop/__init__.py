"""Backpropagation under the microscope: a NumPy engine that trains in phases and can go back to any of them.

>>> import backprop
>>> trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment)
>>> trainer.run()
>>> trainer.predict(trainer.dataset.train.x).round(2).ravel().tolist()
[0.05, 0.9, 0.9, 0.14]
"""

from backprop.cursor import Cursor, Phase
from backprop.datasets import Dataset, load
from backprop.errors import BackpropError, CursorError, DatasetError, DivergedError, ExperimentError
from backprop.experiment import Experiment, Layer
from backprop.history import History, HistoryView
from backprop.lessons import LESSONS, Lesson
from backprop.snapshot import Snapshot
from backprop.trainer import Trainer

__all__ = [
    "LESSONS",
    "BackpropError",
    "Cursor",
    "CursorError",
    "Dataset",
    "DatasetError",
    "DivergedError",
    "Experiment",
    "ExperimentError",
    "History",
    "HistoryView",
    "Layer",
    "Lesson",
    "Phase",
    "Snapshot",
    "Trainer",
    "load",
]
