// The way in: a browser too old for the voting program is told so; every other one is given it.
const place = document.querySelector("[data-booth]");

if (typeof BigInt === "function" && typeof sessionStorage !== "undefined") {
  import("./voting.js").then(
    (voting) => voting.start(place),
    () => place.setAttribute("data-broken", ""),
  );
} else {
  place.setAttribute("data-old", "");
}
