// Runs only in browsers that know no modules: says at once that this one is too old.
document.querySelector("[data-booth]").setAttribute("data-old", "");
