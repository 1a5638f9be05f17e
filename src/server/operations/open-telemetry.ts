import type {Context, Span} from '@opentelemetry/api';
import {workContext} from './work-context.ts';
import {typeOfError, type OpenSpan, type SpanBeginning, type Tracing} from '../tracing/tracing.ts';

/**
 * Traces to whatever this process has registered with OpenTelemetry; nothing where `@opentelemetry/api` is not installed,
 * or nobody registered anything before: then the server is not even told that there is such a thing.
 */
export async function openTelemetryTracing(): Promise<Tracing | undefined> {
  const api = await loadApi();
  if (!api) return undefined;
  const {context, propagation, ProxyTracerProvider, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace} = api;
  const provider = trace.getTracerProvider();
  // Where nobody registered, it is a stand-in of this very class that has nobody behind it.
  if (provider instanceof ProxyTracerProvider && !provider.getDelegateTracer('keystall')) return undefined;
  const tracer = trace.getTracer('keystall');
  const kinds = {request: SpanKind.SERVER, job: SpanKind.CONSUMER, call: SpanKind.CLIENT} as const;

  return {
    inSpan({kind, name, attributes, headers}, work) {
      const parent = parentOf(kind, headers);
      const span = tracer.startSpan(name, {kind: kinds[kind], attributes: {...attributes}}, parent);
      const {traceId, spanId} = span.spanContext();
      const logged = {...workContext.getStore(), trace_id: traceId, span_id: spanId};
      return workContext.run(logged, () =>
        context.with(trace.setSpan(parent, span), async () => {
          try {
            return await work(opened(span));
          } catch (error) {
            opened(span).fail(typeOfError(error));
            throw error;
          } finally {
            span.end();
          }
        }),
      );
    },
    async flush() {
      const registered = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
      await within(flushPatienceMs, (registered as {forceFlush?(): Promise<void>}).forceFlush?.());
    },
  };

  function opened(span: Span): OpenSpan {
    return {
      rename: name => span.updateName(name),
      add: attributes => span.setAttributes(attributes),
      fail: type => span.setAttribute('error.type', type).setStatus({code: SpanStatusCode.ERROR}),
    };
  }

  /** A job is nobody's part: what asked for it has its answer, and jobs that are alike are done as one. */
  function parentOf(kind: SpanBeginning['kind'], headers: Headers | undefined): Context {
    if (kind === 'call') return context.active();
    if (kind === 'job' || !headers) return ROOT_CONTEXT;
    return propagation.extract(ROOT_CONTEXT, headers, {
      keys: () => [...traceHeaders],
      // What else a caller may wish to have passed on (baggage) is not ours to carry.
      get: (carrier, key) => (traceHeaders.has(key.toLowerCase()) ? (carrier.get(key) ?? undefined) : undefined),
    });
  }
}

/** Source: https://www.w3.org/TR/trace-context/ */
const traceHeaders: ReadonlySet<string> = new Set(['traceparent', 'tracestate']);

const flushPatienceMs = 2_000;

async function loadApi() {
  try {
    return await import('@opentelemetry/api');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}

/** A collector that is away must not keep a process from ending. */
async function within(milliseconds: number, sending: Promise<void> | undefined): Promise<void> {
  const {promise: late, resolve} = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([late, sending?.catch(() => undefined)]);
  clearTimeout(timer);
}
