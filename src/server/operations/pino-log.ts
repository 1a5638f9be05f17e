import {pino, stdTimeFunctions, type DestinationStream} from 'pino';
import type {Log, LogFacts} from '../log.ts';
import {workContext} from './work-context.ts';

/** One JSON object per line: `level`, `time`, the request or job at work, the facts, and `event`. */
export function createPinoLog(destination: DestinationStream = pino.destination({fd: 2, sync: true})): Log {
  const logger = pino(
    {
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: {level: label => ({level: label})},
      mixin: () => ({...workContext.getStore()}),
    },
    destination,
  );
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, facts: LogFacts = {}) => {
      logger[level](facts, event);
    };
  return {info: write('info'), warn: write('warn'), error: write('error')};
}
