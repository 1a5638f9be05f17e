import {Hono} from 'hono';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {takeNotice} from '../procurement/take-notice.ts';

/** Where platforms report what became of an order. */
export const noticesPath = '/connections/:connection/notices';
/** Platforms send the cards along, which nobody reads here. */
export const maximumNoticeBytes = 1_048_576;

/** Where platforms call. Not for pages: no origin is allowed here. */
export function noticeRoutes(ports: ServerPorts): Hono {
  const app = new Hono();
  app.post(noticesPath, async c => {
    const connection = ports.config.connections.find(({id}) => id === c.req.param('connection'));
    if (!connection) throw noNotices();
    const {pathname, search} = new URL(c.req.url);
    const answer = await takeNotice(ports, connection.id, {
      method: c.req.method,
      path: pathname + search,
      headers: Object.fromEntries(c.req.raw.headers),
      body: new Uint8Array(await c.req.arrayBuffer()),
    });
    if (!answer) throw noNotices();
    const {status, mediaType, body} = answer;
    return new Response(body, {status, headers: {'Content-Type': mediaType, 'Cache-Control': 'no-store'}});
  });
  return app;
}

function noNotices(): ProblemError {
  return new ProblemError('not_found', 'The shop has no such connection, or it takes no notices.');
}
