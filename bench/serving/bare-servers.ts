import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {endsWithUs} from './ends-with-us.ts';
import {addressOf} from './shop.ts';

export interface BareServers {
  readonly urls: readonly string[];
  /** Milliseconds that they have computed so far, all together. */
  computed(): Promise<number>;
  stop(): void;
}

/** hono with nothing behind it, in so many processes, each of which answers everything with the JSON of `value`. */
export async function startBareHono(processes: number, value: object): Promise<BareServers> {
  const children = Array.from({length: processes}, () =>
    fork(new URL('bare-hono.ts', import.meta.url), {stdio: ['ignore', 2, 2, 'ipc']}),
  );
  children.forEach(endsWithUs);
  const urls = await Promise.all(
    children.map(child => {
      child.send(value);
      return addressOf(child);
    }),
  );
  return {
    urls,
    async computed() {
      const times = await Promise.all(children.map(timeOf));
      return times.reduce((all, time) => all + time, 0);
    },
    stop() {
      for (const child of children) child.disconnect();
    },
  };
}

async function timeOf(child: ChildProcess): Promise<number> {
  child.send('How long have you computed?');
  const [{user, system}] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}
