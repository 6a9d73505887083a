"""How long a phone takes to encrypt a ballot: `python -m tests.bench.booth [candidates …]`, Chromium slowed four times.

Each figure is a fresh page: making ready (tables of g and of the key, the credential) and encrypting are told apart, as
the page makes ready while the elector reads. The time of ten thousand multiplications beside it shows by how much the
browser really is slowed. Also printed: what each window of the tables of powers would cost.
"""

import statistics
import sys
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from infra.local import packages
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election, Question
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.browser.chromium import FLAGS
from tests.browser.counter import standing

ROUNDS = 5
SLOWER = 4
UUID = "9D2fxzJ4gTqKzdWbRRs4qv"
WINDOWS = range(3, 9)

VOTE = """async ({ text, code, choices }) => {
  const { readElection } = await import("/ballot/box/static/election.js");
  const { makeBallot } = await import("/ballot/box/static/ballot.js");
  const { secretOf } = await import("/ballot/box/static/credential.js");
  const { powersOfGenerator } = await import("/ballot/box/static/group.js");
  const times = [performance.now()];
  powersOfGenerator();
  const election = await readElection(text);
  const secret = await secretOf(code, election.uuid);
  times.push(performance.now());
  const made = await makeBallot(election, secret, choices);
  times.push(performance.now());
  return { ready: times[1] - times[0], encrypted: times[2] - times[1], size: made.text.length };
}"""
LOOP = """async () => {
  const { multiply, powersOfGenerator } = await import("/ballot/box/static/group.js");
  const base = powersOfGenerator().power(3n);
  const start = performance.now();
  let product = base;
  for (let at = 0; at < 10000; at += 1) product = multiply(product, base);
  return performance.now() - start;
}"""
TABLE = """async ({ window, powers }) => {
  const { FixedBase, powersOfGenerator, order } = await import("/ballot/box/static/group.js");
  const { Randomness } = await import("/ballot/box/static/randomness.js");
  const source = new Randomness();
  const base = powersOfGenerator().power(source.exponent());
  const exponents = Array.from({ length: powers }, () => source.exponent());
  const start = performance.now();
  const table = new FixedBase(base, window);
  for (const each of exponents) table.power(each);
  return performance.now() - start;
}"""


def election(candidates: int) -> tuple[Election, list[list[int]]]:
    """Make an election of so many candidates, and a choice of as many of them as 15 % of twice their number."""
    most = max(1, candidates * 3 // 10)
    question = Question(tuple(f"候选人{at}" for at in range(candidates)), 1, most, "闪光言行之星", blank=True)
    made = elections.make(UUID, "评选", "基准", GROUP.power(GROUP.g, GROUP.random()), [question])
    return made, [[0] + [1] * most + [0] * (candidates - most)]


def fresh(browser: Browser, base: str, slower: int) -> Page:
    """Open a page on which nothing has been worked out yet, in a browser slowed so many times."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{base}/ballot/box/{uuid4()}")
    page.get_by_role("heading", name="请先登录再投票").wait_for()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page


def vote(browser: Browser, base: str, candidates: int, slower: int) -> dict[str, float]:
    """Give the milliseconds to make ready, to encrypt and to multiply, and the ballot's size in bytes; medians."""
    called, choices = election(candidates)
    found: list[dict[str, Any]] = []
    for _ in range(ROUNDS):
        page = fresh(browser, base, slower)
        made = page.evaluate(VOTE, {"text": called.text, "code": credential.new_code(), "choices": choices})
        found.append({**made, "loop": page.evaluate(LOOP)})
        page.context.close()
    return {name: statistics.median(each[name] for each in found) for name in found[0]}


def tables(browser: Browser, base: str) -> None:
    """Print what a table and the powers of one base in a ballot of twenty candidates cost, by window."""
    for window in WINDOWS:
        page = fresh(browser, base, SLOWER)
        times = [page.evaluate(TABLE, {"window": window, "powers": 85}) for _ in range(8)]
        print(f"window {window}: {min(times):4.0f} ms for a table and 85 powers, {SLOWER}× slower")
        page.context.close()


def main(sizes: list[int]) -> None:
    """Measure and print."""
    program = packages.chromium()
    with sync_playwright() as playwright, standing() as stand:
        stand.code = None
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        tables(browser, stand.base)
        for slower in (1, SLOWER):
            for candidates in sizes:
                found = vote(browser, stand.base, candidates, slower)
                print(
                    f"{candidates:2} candidates, {slower}×: ready in {found['ready']:.0f} ms, encrypted in "
                    f"{found['encrypted']:.0f} ms, {found['size'] / 1000:.0f} kB; 10000 products {found['loop']:.0f} ms"
                )
        browser.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [10, 20, 40])
