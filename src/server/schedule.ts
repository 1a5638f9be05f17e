import type {Jobs} from './jobs.ts';
import type {ServerPorts} from './ports.ts';

const sweepEveryMs = 30_000;

/**
 * Sends what has to happen again and again: catalogue reading, and the sweep for work that a crash left behind. Every
 * process sends them; the job queue keeps one of each.
 * @returns stops it
 */
export async function startSchedule({config, log}: ServerPorts, jobs: Jobs): Promise<() => void> {
  await jobs.send({type: 'sweep'});
  const timers = [setInterval(() => void send({type: 'sweep'}), sweepEveryMs)];
  for (const {id, syncEverySeconds} of config.connections) {
    await jobs.send({type: 'sync_catalogue', connectionId: id});
    timers.push(setInterval(() => void send({type: 'sync_catalogue', connectionId: id}), syncEverySeconds * 1000));
  }
  return () => timers.forEach(clearInterval);

  async function send(job: Parameters<Jobs['send']>[0]): Promise<void> {
    await jobs.send(job).catch(error => log.error('job could not be sent', {type: job.type, error: String(error)}));
  }
}
