import type {UnknownReason, Upstream} from '../../upstreams/port.ts';
import type {PaymentProvider} from '../payments/port.ts';
import type {ServerPorts} from '../ports.ts';
import type {SpanAttributes, Tracing} from './tracing.ts';

/** The same ports, with a span for each call to a platform and to a payment provider. */
export function tracedPorts(ports: ServerPorts, tracing: Tracing): ServerPorts {
  const {connections, payments} = ports.config;
  const upstreams = [...ports.upstreams].map(([id, upstream]) => {
    const connection = connections.find(each => each.id === id);
    // Own stock lies at home: nobody is called.
    if (!connection || connection.protocol === 'own-stock') return [id, upstream] as const;
    const attributes = {'keystall.connection': id, ...serverOf(connection.url)};
    return [id, tracedUpstream(upstream, attributes, tracing)] as const;
  });
  const providers = ports.payments.map(provider => {
    if (provider.byHand) return provider;
    const payment = payments.find(each => ('id' in each ? each.id : each.provider) === provider.id);
    return tracedProvider(provider, payment && 'url' in payment ? serverOf(payment.url) : {}, tracing);
  });
  return {...ports, upstreams: new Map(upstreams), payments: providers};
}

function serverOf(url: string): SpanAttributes {
  return {'server.address': new URL(url).hostname};
}

type Asked = Exclude<keyof Upstream, 'protocol' | 'capabilities' | 'webhook' | 'endpoints' | 'pages'>;

/** Every call that asks a platform something, and whether what comes back says itself how it went. */
const calls: Readonly<Record<Asked, 'answer' | 'outcome'>> = {
  connect: 'answer',
  catalogue: 'answer',
  good: 'answer',
  stock: 'answer',
  cards: 'answer',
  card: 'answer',
  quote: 'answer',
  buy: 'outcome',
  reconcile: 'outcome',
  follow: 'outcome',
  picture: 'answer',
  cancel: 'outcome',
  refund: 'outcome',
  delta: 'answer',
  orders: 'answer',
  search: 'answer',
};

function tracedUpstream(upstream: Upstream, where: SpanAttributes, tracing: Tracing): Upstream {
  const {protocol, pages} = upstream;
  const inCall = callsOf(protocol, {'keystall.protocol': protocol, ...where}, tracing);
  const traced = Object.entries(calls).flatMap(([name, gives]) => {
    const call = upstream[name as Asked] as ((...asked: unknown[]) => Promise<unknown>) | undefined;
    if (!call) return [];
    const outcome = gives === 'outcome' ? (result: unknown) => outcomeOf(result as UpstreamOutcome) : undefined;
    return [[name, (...asked: unknown[]) => inCall(name, () => call(...asked), outcome)] as const];
  });
  return {
    ...upstream,
    ...(Object.fromEntries(traced) as Pick<Upstream, Asked>),
    ...(pages && {pages: (reading, signal) => eachInCall(inCall, 'pages', pages(reading, signal))}),
  };
}

interface UpstreamOutcome {
  readonly kind: string;
  readonly reason?: UnknownReason;
}

function outcomeOf({kind, reason}: UpstreamOutcome): Outcome {
  return {state: kind, ...(kind === 'unknown' && {failure: reason ?? kind})};
}

function tracedProvider(provider: PaymentProvider, where: SpanAttributes, tracing: Tracing): PaymentProvider {
  const {id, refunds, list} = provider;
  const inCall = callsOf(id, {'keystall.provider': id, ...where}, tracing);
  const stateOf = ({state}: {readonly state: string}): Outcome => ({
    state,
    ...(state === 'unknown' && {failure: state}),
  });
  return {
    ...provider,
    open: (request, signal) => inCall('open', () => provider.open(request, signal)),
    query: (reference, signal) => inCall('query', () => provider.query(reference, signal), stateOf),
    ...(refunds && {
      refunds: {
        ...refunds,
        send: (request, signal) => inCall('send_refund', () => refunds.send(request, signal), stateOf),
        ask: (request, signal) => inCall('ask_refund', () => refunds.ask(request, signal), stateOf),
      },
    }),
    ...(list && {list: (time, signal) => eachInCall(inCall, 'list', list(time, signal))}),
  };
}

interface Outcome {
  readonly state: string;
  /** Why nobody knows how it went. */
  readonly failure?: string;
}

type InCall = <Result>(
  operation: string,
  call: () => Promise<Result>,
  outcomeOf?: (result: Result) => Outcome,
) => Promise<Result>;

function callsOf(called: string, where: SpanAttributes, tracing: Tracing): InCall {
  return (operation, call, readOutcome) => {
    const attributes = {...where, 'keystall.operation': operation};
    return tracing.inSpan({kind: 'call', name: `${called} ${operation}`, attributes}, async span => {
      const result = await call();
      if (readOutcome) {
        const {state, failure} = readOutcome(result);
        span.add({'keystall.outcome': state});
        if (failure !== undefined) span.fail(failure);
      }
      return result;
    });
  };
}

/** What comes bit by bit: a span for each bit that is waited for, and none for what its reader does with it. */
async function* eachInCall<Bit>(inCall: InCall, operation: string, bits: AsyncIterable<Bit>): AsyncGenerator<Bit> {
  const iterator = bits[Symbol.asyncIterator]();
  try {
    for (;;) {
      const {done, value} = await inCall(operation, () => iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
