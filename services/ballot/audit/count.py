"""The count as an auditor follows it: the tally is the ballots' product, its parts are proven, the result is theirs."""

from dataclasses import dataclass, field

from services.ballot.archive.fault import Fault
from services.ballot.audit.box import Box
from services.ballot.audit.documents import Documents, content
from services.ballot.audit.setup import Setup
from services.ballot.protocol import trustees
from services.ballot.protocol.election import Election
from services.ballot.protocol.tally import Tally, read_sized
from services.ballot.protocol.text import Malformed, whole


def check_tally(documents: Documents, box: Box) -> list[Fault]:
    """Hold the tally and the numbers beside it to the ballots themselves."""
    sized, tally = documents["sized"], documents["encrypted_tally"]
    faults = []
    try:
        said = read_sized(sized.record.text)
        if said.num_tallied != box.num_tallied:
            faults.append(Fault(sized.name, "num_tallied", f"{said.num_tallied} != {box.num_tallied}"))
        if said.total_weight != box.num_tallied:
            faults.append(Fault(sized.name, "total_weight", f"{said.total_weight} != {box.num_tallied}"))
    except Malformed as trouble:
        faults.append(Fault(sized.name, "sized_form", str(trouble)))
    if tally.record.text != box.product.text:
        faults.append(Fault(tally.name, "tally_mismatch"))
    return faults


@dataclass
class Count:
    """Takes the parts that take the encryption off the true tally, and the result that is said to come of them."""

    setup: Setup
    tally: Tally
    num_tallied: int
    parts: dict[int, str] = field(default_factory=dict)
    result: list[list[int]] | None = None

    def part(self, documents: Documents) -> list[Fault]:
        """Check one trustee's partial decryption; only a right one is kept."""
        owned, given = documents["owned"], documents["payload"]
        try:
            owner = self.setup.trustees.owner(whole(content(owned, ("owner", "payload"))["owner"]))
        except Malformed as trouble:
            return [Fault(owned.name, "owner_unknown" if trouble.code == "owner" else "owned_form", trouble.detail)]
        if owner.number in self.parts:
            return [Fault(owned.name, "owner_repeated", str(owner.number))]
        try:
            trustees.check_decryption(self.setup.election, self.tally, owner.key, given.record.text)
        except Malformed as trouble:
            return [Fault(given.name, "decryption_refused", f"{owner.number}: {trouble}")]
        self.parts[owner.number] = given.record.text
        return []

    def finish(self, documents: Documents) -> list[Fault]:
        """Work the result out again and hold the published one to it."""
        election, read = self.setup.election, documents["result"]
        faults = []
        try:
            found = trustees.combine(election, self.setup.trustees, self.parts, self.tally, self.num_tallied)
            if read.record.text != trustees.result_text(found):
                faults.append(Fault(read.name, "result_mismatch"))
        except Malformed as trouble:
            code = "too_few_decryptions" if trouble.code == "not_enough_decryptions" else "result_bounds"
            faults.append(Fault(read.name, code, trouble.detail))
        try:
            self.result = trustees.read_result(election, read.record.text)
        except Malformed as trouble:
            return [*faults, Fault(read.name, "result_form", str(trouble))]
        if not possible(election, self.result, self.num_tallied):
            faults.append(Fault(read.name, "result_bounds"))
        return faults


def possible(election: Election, result: list[list[int]], ballots: int) -> bool:
    """Say whether so many ballots can give these totals, whatever was ticked."""
    for question, totals in zip(election.questions, result, strict=True):
        blank = totals[0] if question.blank else 0
        ticks, ticking = sum(totals[question.blank :]), ballots - blank
        if max(totals) > ballots or not question.minimum * ticking <= ticks <= question.maximum * ticking:
            return False
    return True
