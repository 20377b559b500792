// What has the focus in a page keeps it when that part of the page is made anew: the page was brought up to date, or a list was filled
// again. The new one is known by its kind and by the name that it is read out with.
(() => {
  const PATIENCE_MS = 3000;
  let last = null;

  const field = (element) => {
    const around = element.parentElement?.closest('*');
    return element.matches('input, textarea') && around?.localName.startsWith('vaadin-') ? around : element;
  };

  const name = (element) =>
    element.getAttribute('aria-label') || element.label || element.getAttribute('href') || element.textContent.trim();

  const alike = (page, what) =>
    [...page.querySelectorAll(what.kind)].filter((one) => name(one) === what.name);

  document.addEventListener('focusin', (event) => {
    const page = event.target.closest?.('main');
    const element = page && field(event.target);
    if (!element || element.contains(page)) {
      return;
    }
    const what = { element, kind: element.localName, name: name(element), path: location.pathname };
    last = { ...what, place: alike(page, what).indexOf(element), lost: 0 };
  });

  // leaving it by oneself is no loss; a removed element leaves nothing focused and says no goodbye
  document.addEventListener('focusout', (event) => {
    if (last && event.relatedTarget && !last.element.contains(event.relatedTarget) && !inDialog(event.relatedTarget)) {
      last = null;
    }
  });

  function inDialog(element) {
    return Boolean(element.closest?.('[role="dialog"], [role="alertdialog"], [popover], vaadin-dialog, vaadin-confirm-dialog'));
  }

  function restore() {
    if (!last || last.element.isConnected) {
      return;
    }
    const free = document.activeElement === document.body || document.activeElement === null;
    last.lost ||= performance.now();
    if (last.path !== location.pathname || (free && performance.now() - last.lost > PATIENCE_MS)) {
      last = null;
      return;
    }
    const page = document.querySelector('main');
    if (!free || !page) {
      return;
    }
    const found = alike(page, last);
    const again = found[Math.max(0, last.place)] ?? found[0];
    if (again) {
      again.focus({ preventScroll: true });
    }
  }

  new MutationObserver(restore).observe(document.documentElement, { childList: true, subtree: true });
})();
