/** Whether the server can be reached, as Flow sees it. */
interface Reach {
  readonly online: boolean;
  readonly state: string;
  addStateChangeListener(changed: () => void): void;
  removeStateChangeListener(changed: () => void): void;
}

const PAUSE_MS = 3000;
const PATIENCE_MS = 5000;

/** Needs neither a session nor rights; that it is answered is enough, whatever the answer. */
const ASKED = new URL('actuator/health/liveness', document.baseURI);

const flows = () => (window as unknown as { Vaadin: { connectionState: Reach } }).Vaadin.connectionState;

const answers = async () => {
  try {
    await fetch(ASKED, {
      method: 'HEAD',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return true;
  } catch {
    return false;
  }
};

const told = new WeakSet<Event>();

const tell = (state: 'online' | 'offline') => {
  const event = new Event(state);
  told.add(event);
  window.dispatchEvent(event);
};

let asking = false;
let timesOnline = 0;

const askUntilItIsBack = async () => {
  if (asking) {
    return;
  }
  asking = true;
  let here = false;
  while (flows().state === 'connection-lost' && !here) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    here = await answers();
  }
  asking = false;
  if (flows().state === 'connection-lost') {
    tell('online');
  }
};

/**
 * A browser calls itself offline where a machine has no network but its own, or one that the browser does not count; the server may
 * be on that machine, or on that network. Flow believes the browser, and then waits until the browser calls itself online. So the
 * server is asked: Flow hears that it is offline only when no answer comes, and that it is online as soon as one comes again, and
 * neither else. Must be called before Flow is made.
 */
export const askTheServer = () => {
  window.addEventListener(
    'offline',
    (event) => {
      if (!told.has(event)) {
        event.stopImmediatePropagation();
        const before = timesOnline;
        void answers().then((here) => here || timesOnline > before || tell('offline'));
      }
    },
    { capture: true },
  );
  window.addEventListener(
    'online',
    (event) => {
      timesOnline++;
      if (!told.has(event) && flows().online) {
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
  flows().addStateChangeListener(() => void askUntilItIsBack());
  void askUntilItIsBack();
};

/** Ends when the server is in reach, which may be at once. */
export const inReach = () =>
  new Promise<void>((resolve) => {
    const changed = () => {
      if (flows().online) {
        flows().removeStateChangeListener(changed);
        resolve();
      }
    };
    flows().addStateChangeListener(changed);
    changed();
  });
