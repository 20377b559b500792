/*
 * A page whose script or style did not come, since the network changed in that moment, is loaded anew as soon as the server answers;
 * some times, and then it says so. What has been shown once stays.
 */
(() => {
  const KEPT = 'artemis.loads';
  const MOST_LOADS = 4;
  const FORGOTTEN_MS = 60_000;
  const PAUSE_MS = 1000;
  const PATIENCE_MS = 5000;
  const WORDS = {
    en: 'A part of this page could not be loaded. Load it again, or ask whoever runs Artemis.',
    de: 'Ein Teil dieser Seite konnte nicht geladen werden. Laden Sie sie neu, oder fragen Sie die Betreiber von Artemis.',
  };

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const isShown = () => Boolean(document.querySelector('#outlet > *'));

  const answers = async () => {
    try {
      const answer = await fetch(new URL('actuator/health/liveness', document.baseURI), {
        method: 'HEAD',
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      // what stands before the server answers in its place while it is away
      return answer.status < 500;
    } catch {
      return false;
    }
  };

  /** The loads before this one that came to nothing. A browser without storage has no number: it says so at once. */
  const counted = () => {
    try {
      const [loads, at] = (sessionStorage.getItem(KEPT) ?? '0 0').split(' ').map(Number);
      const before = Date.now() - at < FORGOTTEN_MS ? loads : 0;
      sessionStorage.setItem(KEPT, `${before + 1} ${Date.now()}`);
      return before;
    } catch {
      return MOST_LOADS;
    }
  };

  const say = () => {
    const words = document.createElement('p');
    words.setAttribute('role', 'alert');
    words.style.margin = '2rem';
    words.textContent = WORDS[document.documentElement.lang] ?? WORDS.en;
    document.body.append(words);
  };

  let once = false;
  const again = async () => {
    if (once || isShown()) {
      return;
    }
    once = true;
    const loads = counted();
    if (loads >= MOST_LOADS) {
      document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', say) : say();
      return;
    }
    await pause(loads * PAUSE_MS);
    while (!(await answers())) {
      await pause(PAUSE_MS);
    }
    if (!isShown()) {
      location.reload();
    }
  };

  window.addEventListener(
    'error',
    (event) => {
      if (event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement) {
        void again();
      }
    },
    { capture: true },
  );
  // of a module that is imported as the page begins
  window.addEventListener('vite:preloadError', () => void again());
})();
