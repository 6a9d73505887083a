"""What can be read on an open page: the words that stand there, their size, their contrast and their order."""

from playwright.sync_api import Page

SMALLEST = 12
"""Pixels: the least size of letters."""
CONTRAST = 4.5
"""Between letters and what is behind them; 3 where they are large (WCAG 2.1, 1.4.3)."""

ILLEGIBLE = """() => {
  // A button that was just pressed fades from one colour to the other: what counts is where it comes to rest.
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
  const faults = new Set();
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const HIDDEN = ".visually-hidden, .visually-hidden-focusable, option, script, style, template, noscript";
  const colour = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return [...found.slice(0, 3), found[3] ?? 1];
  };
  const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const layer = colour(getComputedStyle(each).backgroundColor);
      layers.unshift(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduce((back, front) => over(front, back), [255, 255, 255, 1]);
  };
  const WRONG = [
    [/\\b\\d{4}-\\d{2}-\\d{2}\\b/, "日期不是中文写法"],
    [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/, "露出了内部编号"],
    [/\\b(None|undefined|NaN|null)\\b/, "露出了程序的空值"],
    [/[\\u4e00-\\u9fff][,;!?][\\u4e00-\\u9fff]/, "汉字之间的半角标点"],
  ];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    const each = words.currentNode.parentElement;
    if (!text || each.closest(HIDDEN) || !seen(each)) continue;
    const place = `${each.tagName.toLowerCase()}「${text.slice(0, 30)}」`;
    if (!each.closest("code, pre")) {
      for (const [pattern, fault] of WRONG) if (pattern.test(text)) faults.add(`${fault}：${place}`);
    }
    if (each.closest("svg")) continue;
    const style = getComputedStyle(each);
    const size = parseFloat(style.fontSize);
    if (size < SMALLEST) faults.add(`太小（${size}）：${place}`);
    if (each.closest(":disabled, .disabled")) continue;
    const back = behind(each);
    const [high, low] = [light(back), light(over(colour(style.color), back))].sort((one, other) => other - one);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if ((high + 0.05) / (low + 0.05) < (large ? 3 : CONTRAST)) faults.add(`看不清：${place}`);
  }
  let before = 0;
  for (const head of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!head.checkVisibility()) continue;
    const level = Number(head.tagName[1]);
    if (level > before + 1) faults.add(`标题从 h${before} 跳到 h${level}：${head.textContent.trim().slice(0, 30)}`);
    before = level;
  }
  return [...faults];
}""".replace("SMALLEST", str(SMALLEST)).replace("CONTRAST", str(CONTRAST))


def illegible(page: Page) -> list[str]:
    """List what on the open page is too small, too pale, out of order, or written for machines."""
    found: list[str] = page.evaluate(ILLEGIBLE)
    return found
