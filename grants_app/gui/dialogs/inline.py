"""Where pages look for the panel of a decision; it lies in the kit, below every dialog."""

from __future__ import annotations

from grants_app.gui.kit.decision_panel import CENTURY, DecisionPanel

__all__ = ["CENTURY", "DecisionPanel"]
