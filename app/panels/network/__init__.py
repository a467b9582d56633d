"""The network panel: one sample on its way through the network, forwards and backwards."""

from app.panels.network.panel import NetworkPanel

__all__ = ["NetworkPanel"]
