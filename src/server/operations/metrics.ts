import {collectDefaultMetrics, Counter, Gauge, Histogram, Registry} from 'prom-client';
import {refundHelpReasons} from '../../contract/refund.ts';
import type {Answered} from '../app.ts';
import type {JobHandler} from '../jobs.ts';
import type {Log, LogFacts} from '../log.ts';
import {paymentsDiffer} from '../payments/reconcile-payments.ts';
import type {RefundsWaiting} from '../persistence/refund-record.ts';
import type {Store} from '../persistence/store.ts';
import {refundNeedsPerson} from '../refunds/help-needed.ts';
import {databaseUnavailable} from '../shop-unavailable.ts';

/** What Prometheus reads of one process. Labels are names of routes, jobs and events: never an id, never a buyer. */
export interface Metrics {
  /** For `createServer`. */
  readonly onAnswered: (answered: Answered) => void;
  /** Measures the jobs that `handler` does. */
  measured(handler: JobHandler): JobHandler;
  /** Counts what is logged: orders paid, keys revealed, payments that could not be opened. */
  counting(log: Log): Log;
  /** Also shows what waits for a person now, as the store knows it. */
  watch(store: Pick<Store, 'refundsWaiting'>): void;
  /** The text exposition format. Source: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  read(): Promise<Response>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({register: registry});
  const requests = new Histogram({
    name: 'keystall_http_request_duration_seconds',
    help: 'Time until an answer was ready, by route; event streams count until they begin.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const jobs = new Histogram({
    name: 'keystall_job_duration_seconds',
    help: 'Time that a job took, by kind and by whether it ended or is tried again.',
    labelNames: ['type', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
    registers: [registry],
  });
  const events = new Counter({
    name: 'keystall_events_total',
    help: 'Events of the log, by level.',
    labelNames: ['level', 'event'] as const,
    registers: [registry],
  });

  const differences = new Counter({
    name: 'keystall_payment_differences_total',
    help: "Differences between a payment provider's payments and the shop's, by how they differ.",
    labelNames: ['provider', 'kind'] as const,
    registers: [registry],
  });

  const unavailable = new Counter({
    name: 'keystall_database_unavailable_total',
    help: 'Requests that were told to come again: no connection to the database was free (busy), or it was away.',
    labelNames: ['reason'] as const,
    registers: [registry],
  });

  const refundCalls = new Counter({
    name: 'keystall_refunds_needing_person_total',
    help: 'Refunds that came to wait for a person, by reason.',
    labelNames: ['reason'] as const,
    registers: [registry],
  });

  return {
    onAnswered({method, route, status, seconds}) {
      requests.observe({method, route, status}, seconds);
    },
    measured: handler => async (job, signal) => {
      const end = jobs.startTimer({type: job.type});
      try {
        await handler(job, signal);
        end({outcome: 'done'});
      } catch (error) {
        end({outcome: 'failed'});
        throw error;
      }
    },
    counting(log) {
      const count = (level: keyof Log) => (event: string, facts?: LogFacts) => {
        events.inc({level, event});
        if (event === paymentsDiffer) {
          differences.inc({provider: String(facts?.['provider']), kind: String(facts?.['kind'])});
        }
        if (event === databaseUnavailable) unavailable.inc({reason: String(facts?.['reason'])});
        if (event === refundNeedsPerson) refundCalls.inc({reason: String(facts?.['reason'])});
        log[level](event, facts);
      };
      return {info: count('info'), warn: count('warn'), error: count('error')};
    },
    watch: store => watchRefunds(registry, store),
    read: async () => new Response(await registry.metrics(), {headers: {'Content-Type': registry.contentType}}),
  };
}

/** As the database has it: the same from every process, and still there after a restart. */
function watchRefunds(registry: Registry, store: Pick<Store, 'refundsWaiting'>): void {
  const show = (name: string, help: string, value: (waiting: RefundsWaiting) => number, none?: number) =>
    new Gauge({
      name,
      help,
      labelNames: ['reason'] as const,
      registers: [registry],
      async collect() {
        // While the database is away nothing is known of them, and the other figures are read all the same.
        const waiting = await store.refundsWaiting().catch(() => undefined);
        this.reset();
        if (waiting && none !== undefined) for (const reason of refundHelpReasons) this.set({reason}, none);
        for (const each of waiting ?? []) this.set({reason: each.reason}, value(each));
      },
    });
  show('keystall_refunds_waiting', 'Refunds that wait for a person now, by reason.', ({count}) => count, 0);
  show(
    'keystall_refunds_waiting_since_seconds',
    'When the first refund that waits for a person began to, in Unix time, by reason.',
    ({since}) => since / 1000,
  );
}
