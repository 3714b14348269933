// Runs before the first paint, so that no page flashes in the other theme.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('inbox.theme');
  } catch {
    // Storage is switched off: the browser's preference holds.
  }

  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
})();
