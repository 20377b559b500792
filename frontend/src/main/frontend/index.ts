import { Router } from '@vaadin/router';
import { Flow } from 'Frontend/generated/jar-resources/Flow.js';

const { serverSideRoutes } = new Flow({
  imports: () => import('Frontend/generated/flow/generated-flow-imports.js'),
});
const [pages] = serverSideRoutes;

interface Reach {
  readonly online: boolean;
  addStateChangeListener(changed: () => void): void;
  removeStateChangeListener(changed: () => void): void;
}

/** Whether the server can be reached, as Flow sees it. */
const { connectionState } = (window as unknown as { Vaadin: { connectionState: Reach } }).Vaadin;

const inReach = () =>
  new Promise<void>((resolve) => {
    const changed = () => {
      if (connectionState.online) {
        connectionState.removeStateChangeListener(changed);
        resolve();
      }
    };
    connectionState.addStateChangeListener(changed);
    changed();
  });

/**
 * A link that is followed while the server is out of reach leads there when it is back. Until then the page stays, with what was
 * typed: Flow by itself would put an empty frame in its place, and begin anew.
 */
const whenInReach: typeof pages.action = async (place) => {
  await inReach();
  return pages.action(place);
};

const router = new Router(document.querySelector('#outlet'));
router.setRoutes([{ ...pages, action: whenInReach }]);
