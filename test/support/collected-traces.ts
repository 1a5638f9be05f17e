import {context, propagation, trace} from '@opentelemetry/api';
import {AsyncLocalStorageContextManager} from '@opentelemetry/context-async-hooks';
import {W3CTraceContextPropagator} from '@opentelemetry/core';
import {InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan} from '@opentelemetry/sdk-trace';

export interface CollectedTraces {
  /** What ended so far, oldest first. */
  spans(): readonly ReadableSpan[];
  forget(): void;
  /** Everything that would leave the process, as one text. */
  text(): string;
  unregister(): void;
}

/** Registers what an operator registers, except that the spans stay here. */
export function collectTraces(): CollectedTraces {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new TracerProvider({spanProcessors: [new SimpleSpanProcessor({exporter})]}));
  return {
    spans: () => exporter.getFinishedSpans(),
    forget: () => exporter.reset(),
    text: () =>
      JSON.stringify(
        exporter.getFinishedSpans().map(span => {
          const {name, attributes, events, links, status, resource} = span;
          const state = span.spanContext().traceState?.serialize();
          return {name, attributes, events, links, status, resource: resource.attributes, state};
        }),
      ),
    unregister() {
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}
