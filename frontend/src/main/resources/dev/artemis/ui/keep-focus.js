// What has the focus in a page keeps it when that part of the page is made anew: the page was brought up to date, or a list was filled
// again. The new one is known by its kind and by what it says it is about (data-of), else by the name that it is read out with.
(() => {
  const PATIENCE_MS = 3000;
  const AGAIN_MS = 50;
  let last = null;
  let waiting;

  const field = (element) => {
    const around = element.parentElement?.closest('*');
    return element.matches('input, textarea') && around?.localName.startsWith('vaadin-') ? around : element;
  };

  const name = (element) =>
    element.dataset.of || element.getAttribute('aria-label') || element.label || element.getAttribute('href') || element.textContent.trim();

  const alike = (page, what) =>
    [...page.querySelectorAll(what.kind)].filter((one) => name(one) === what.name);

  document.addEventListener('focusin', (event) => {
    const page = event.target.closest?.('main');
    const element = page && field(event.target);
    if (!element || element.contains(page)) {
      return;
    }
    const what = { element, kind: element.localName, name: name(element), path: location.pathname };
    // of several with one name nobody could tell later which it was
    last = alike(page, what).length === 1 ? { ...what, lost: 0 } : null;
  });

  // leaving it by oneself is no loss; a removed element is gone by the time that this is looked at
  document.addEventListener('focusout', (event) => {
    const next = event.relatedTarget;
    if (last && next && !last.element.contains(next) && !inDialog(next)) {
      last = null;
    } else if (last && !next) {
      queueMicrotask(() => {
        if (last?.element.isConnected && document.hasFocus() && document.activeElement === document.body) {
          last = null;
        }
      });
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
    if (found.length !== 1) {
      return;
    }
    found[0].focus({ preventScroll: true });
    if (document.activeElement === document.body) {
      // it is there, and not shown yet
      clearTimeout(waiting);
      waiting = setTimeout(restore, AGAIN_MS);
    }
  }

  new MutationObserver(restore).observe(document.documentElement, { childList: true, subtree: true });
})();
