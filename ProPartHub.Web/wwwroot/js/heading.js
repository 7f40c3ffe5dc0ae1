// Scrolls to what the address names, once it has come.
export function seek() {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
