import { Router } from '@vaadin/router';
import { Flow } from 'Frontend/generated/jar-resources/Flow.js';
import { askTheServer, inReach } from './reach';

askTheServer();

const { serverSideRoutes } = new Flow({
  imports: () => import('Frontend/generated/flow/generated-flow-imports.js'),
});
const [pages] = serverSideRoutes;

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
