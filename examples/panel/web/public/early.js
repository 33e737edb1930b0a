// Runs before the first paint, so that a stored choice of theme and language never flashes. A file of its own because
// the content security policy allows no inline script.
(function () {
  try {
    var theme = localStorage.getItem('rookery.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem('rookery.language');
    if (language) document.documentElement.lang = language;
  } catch (ignored) {
    // Storage is switched off: the system's theme and the browser's language apply.
  }
})();
