// The code of a printed slip stands behind # in the address, where no server sees it: it goes into its field and away.
const field = document.querySelector("[data-slip]");

if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
}
