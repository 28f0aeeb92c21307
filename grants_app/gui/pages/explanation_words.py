"""What pages name and word explanations with; the words themselves are the services', shared with papers."""

from __future__ import annotations

from grants_app.services.naming import Naming

__all__ = ["Naming"]
