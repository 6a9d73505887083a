"""Who is signed in, what they may do and where."""

from shared.auth.permission import Permission, Reach
from shared.auth.viewer import Viewer, require

__all__ = ["Permission", "Reach", "Viewer", "require"]
