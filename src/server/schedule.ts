import type {Job, Jobs} from './jobs.ts';
import type {ServerPorts} from './ports.ts';

const sweepEveryMs = 30_000;
/** How often a connection is looked at for whether it is time to read it; when it is, its own pace says. */
const lookEveryMs = 30_000;
/** How often it is looked at whether a payment provider has been compared with today. */
const compareEveryMs = 10 * 60_000;

/**
 * Sends what has to happen again and again: catalogue reading, stock of goods that are looked at, and the sweep for work
 * that a crash left behind. Every process sends them; the job queue keeps one of each.
 * @returns stops it
 */
export async function startSchedule({config, log, payments}: ServerPorts, jobs: Jobs): Promise<() => void> {
  await jobs.send({type: 'sweep'});
  const timers = [setInterval(() => void send({type: 'sweep'}), sweepEveryMs)];
  for (const {id: connectionId, watch} of config.connections) {
    await jobs.send({type: 'sync_catalogue', connectionId});
    timers.push(
      setInterval(() => void send({type: 'sync_catalogue', connectionId}), lookEveryMs),
      setInterval(() => void send({type: 'watch_stock', connectionId}), watch.everySeconds * 1000),
    );
  }
  for (const {id: provider, byHand} of payments) {
    if (byHand) continue;
    timers.push(setInterval(() => void send({type: 'reconcile_payments', provider}), compareEveryMs));
  }
  return () => timers.forEach(clearInterval);

  async function send(job: Job): Promise<void> {
    await jobs.send(job).catch(error => log.error('job could not be sent', {type: job.type, error: String(error)}));
  }
}
