import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

/** A process of this project that says on its standard output when it is ready. */
export interface Child {
  readonly process: ChildProcess;
  /** What it has written to its error output, the last lines of it. */
  errors(): string;
  /** Asks it to end, without waiting for its clients, and waits; a process that does not end in time is ended. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** Hears each line of the process's error output. */
  readonly onError?: (line: string) => void;
  /** Called as soon as there is a process, before it is ready. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

const endsWithinMs = 10_000;
const keptLines = 40;

/**
 * Starts `node …args` and waits for a line that begins with `ready`.
 * @throws {Error} with its last words when it ends before that
 */
export async function startChild(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  ready: string,
  {onError, onSpawn}: ChildOptions = {},
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    env: {...process.env, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onSpawn?.(child);
  const errors: string[] = [];
  createInterface(child.stderr).on('line', line => {
    errors.push(line);
    if (errors.length > keptLines) errors.shift();
    onError?.(line);
  });
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', line => {
    if (line.startsWith(ready)) resolve();
  });
  child.once('error', reject);
  child.once('exit', code => reject(new Error(`node ${args.join(' ')} ended with ${code}:\n${errors.join('\n')}`)));
  await promise;
  child.removeAllListeners('exit');
  return {
    process: child,
    errors: () => errors.join('\n'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
