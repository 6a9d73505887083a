// The one place of the page on which everything happens: shows a scene, puts the focus there and speaks to screen readers.

export class Stage {
  constructor(place) {
    this.place = place.querySelector("[data-scene]");
    this.voice = place.querySelector("[data-voice]");
    this.title = place.querySelector("h1");
    this.under = place.querySelector("[data-under]");
  }

  // Shows the template `scene-<name>`; gives a finder of its parts by their data-part.
  show(name, { focus = true } = {}) {
    const made = document.getElementById(`scene-${name}`).content.cloneNode(true);
    this.place.textContent = "";
    this.place.append(made);
    this.place.dataset.scene = name;
    const part = (wanted) => this.place.querySelector(`[data-part="${wanted}"]`);
    const heading = this.place.querySelector("h2");
    if (focus && heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    return part;
  }

  say(text) {
    if (this.voice.textContent !== text) this.voice.textContent = text;
  }

  name(title, under) {
    this.title.textContent = title;
    this.under.textContent = under;
  }

  // A scene of words only, with links or a button below; resolves when the button is pressed.
  message({ title, text, tone = "secondary", links = [], button = "", focus = true }) {
    const part = this.show("message", { focus });
    part("title").textContent = title;
    part("text").textContent = text;
    part("box").classList.add(`border-${tone}`);
    for (const [label, address, style] of links) {
      const link = document.createElement("a");
      link.className = `btn btn-${style || "outline-primary"}`;
      link.href = address;
      link.textContent = label;
      part("links").append(link);
    }
    return new Promise((pressed) => {
      const made = part("button");
      made.hidden = !button;
      made.textContent = button;
      made.addEventListener("click", () => pressed());
    });
  }
}

// Resolves with the name of the part that was pressed.
export function pressed(part, ...names) {
  return new Promise((resolve) => {
    for (const name of names) part(name).addEventListener("click", () => resolve(name));
  });
}
