import {createServer} from 'node:net';
import {once} from 'node:events';

/** The first free port of the loopback address from `wanted` on. 0 asks the system for any. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < 65_536; port++) {
    const found = await tryPort(port);
    if (found !== undefined) return found;
  }
  throw new Error(`No port from ${wanted} on is free. Stop something that listens, or name a lower port.`);
}

async function tryPort(port: number): Promise<number | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    return typeof address === 'object' && address ? address.port : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE' || (error as NodeJS.ErrnoException).code === 'EACCES') {
      return undefined;
    }
    throw error;
  } finally {
    probe.close();
  }
}
