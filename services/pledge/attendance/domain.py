"""How often somebody came to the meetings of a year."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attendance:
    """Meetings whose minutes are locked, by whether somebody came (R-098)."""

    present: int
    excused: int
    absent: int

    @property
    def meetings(self) -> int:
        """Count the meetings to which somebody should have come."""
        return self.present + self.excused + self.absent

    @property
    def words(self) -> str:
        """Say it in one line; nothing where no meeting is known."""
        if not self.meetings:
            return ""
        others = [f"请假{self.excused}次"] * bool(self.excused) + [f"缺席{self.absent}次"] * bool(self.absent)
        return "，".join([f"应到{self.meetings}次，出席{self.present}次", *others])
