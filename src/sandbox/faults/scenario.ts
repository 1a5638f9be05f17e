import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import {faultNames, faultParameters, placeOf, type FaultOrder, type FaultParameters} from './fault.ts';

/** What scenarios may name: a protocol of the sandbox and the endpoints its faults wait for. */
export interface FaultyProtocol {
  readonly name: string;
  readonly endpoints: readonly string[];
}

/** A script of faults: what goes wrong, on which calls, how often and when. */
export interface Scenario {
  readonly title?: string | undefined;
  /** `from` and `until` are times of day or counted from the start. */
  readonly faults: readonly ScriptedFault[];
}

type ScriptedFault = Omit<FaultOrder, 'from' | 'until'> & {readonly from?: Moment; readonly until?: Moment};

/** Epoch milliseconds, or milliseconds from the start on. */
type Moment = {readonly at: number} | {readonly after: number};

/** One thing that is wrong in a scenario file. */
export interface ScenarioMistake {
  /** Where, as `faults[2].probability`; empty: the whole file. */
  readonly path: string;
  readonly message: string;
}

/** A scenario that cannot be played, with everything that is wrong in it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly mistakes: readonly ScenarioMistake[];

  constructor(mistakes: readonly ScenarioMistake[]) {
    super(mistakes.map(({path, message}) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.mistakes = mistakes;
  }
}

const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

const moment = v.pipe(
  v.string('must be a text such as "90s" or "2026-12-01T08:00:00+08:00"'),
  v.rawTransform<string, Moment>(({dataset, addIssue, NEVER}) => {
    const [, count, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(dataset.value) ?? [];
    if (count !== undefined) return {after: Number(count) * units[unit!]!};
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(dataset.value) ? Date.parse(dataset.value) : NaN;
    if (!Number.isNaN(at)) return {at};
    addIssue({
      message: `must be a time from the start (ms, s, m, h, d: "90s") or a date with a time and a zone, is "${dataset.value}"`,
    });
    return NEVER;
  }),
);

const wholeNumber = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));

const faultSchema = v.strictObject({
  fault: v.picklist(faultNames),
  protocol: v.exactOptional(v.string()),
  endpoint: v.exactOptional(v.string()),
  goodCode: v.exactOptional(v.string()),
  probability: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  nth: v.exactOptional(v.union([wholeNumber(1), v.pipe(v.array(wholeNumber(1)), v.minLength(1))])),
  every: v.exactOptional(wholeNumber(1)),
  times: v.exactOptional(wholeNumber(1)),
  from: v.exactOptional(moment),
  until: v.exactOptional(moment),
  delayMs: v.exactOptional(wholeNumber(0)),
  amount: v.exactOptional(decimalText),
  percent: v.exactOptional(wholeNumber(0)),
  extra: v.exactOptional(wholeNumber(0)),
  bytes: v.exactOptional(wholeNumber(0)),
  seconds: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
});

const scenarioSchema = v.strictObject({
  title: v.exactOptional(v.string()),
  faults: v.pipe(v.array(faultSchema), v.minLength(1, 'must name at least one fault')),
});

type WrittenFault = v.InferOutput<typeof faultSchema>;

/**
 * Reads a scenario file.
 * @throws {ScenarioError} with everything that is wrong in it
 */
export function parseScenario(text: string, protocols: readonly FaultyProtocol[]): Scenario {
  const parsed = v.safeParse(scenarioSchema, parseJson(text));
  if (!parsed.success) {
    throw new ScenarioError(
      parsed.issues.map(issue => ({path: pathOf(issue.path ?? []), message: wordsOf(issue.message)})),
    );
  }
  const {faults, title} = parsed.output;
  const mistakes = faults.flatMap((fault, index) =>
    mistakesIn(fault, protocols).map(({path, message}) => ({path: `faults[${index}].${path}`, message})),
  );
  if (mistakes.length > 0) throw new ScenarioError(mistakes);
  return {...(title !== undefined && {title}), faults: faults.map(asOrder)};
}

/** The faults of a scenario that starts at `start`, epoch milliseconds, ready to be armed in their order. */
export function ordersOf({faults}: Scenario, start: number): readonly FaultOrder[] {
  const timeOf = (when: Moment): number => ('at' in when ? when.at : start + when.after);
  return faults.map(({from, until, ...fault}) => ({
    ...fault,
    ...(from && {from: timeOf(from)}),
    ...(until && {until: timeOf(until)}),
  }));
}

/** A scripted fault strikes again and again, unless it says how many times. */
function asOrder({nth, times, ...fault}: WrittenFault): ScriptedFault {
  return {...fault, times: times ?? null, ...(nth !== undefined && {nth: typeof nth === 'number' ? [nth] : nth})};
}

/** What fits the schema and still means nothing. */
function mistakesIn(written: WrittenFault, protocols: readonly FaultyProtocol[]): readonly ScenarioMistake[] {
  const {fault, nth, every, from, until} = written;
  return [
    ...placeMistakes(written, protocols),
    ...parametersOf(written)
      .filter(name => !(faultParameters[fault] ?? []).includes(name))
      .map(path => ({path, message: `"${fault}" does not listen to it`})),
    ...(nth !== undefined && every !== undefined
      ? [{path: 'every', message: 'goes with "nth" as little as the other way round: say one of them'}]
      : []),
    ...(from && until && isAfter(from, until) ? [{path: 'until', message: 'must be later than "from"'}] : []),
  ];
}

function placeMistakes(written: WrittenFault, protocols: readonly FaultyProtocol[]): readonly ScenarioMistake[] {
  const {fault, protocol, endpoint} = written;
  // What goes wrong with notices goes wrong where there are notices, and nothing else does there.
  const needed = placeOf(fault);
  const hasPlace = ({endpoints}: FaultyProtocol) =>
    needed === 'callback' ? endpoints.includes(needed) : endpoints.includes('notify') === (needed === 'notify');
  const able = protocols.filter(hasPlace);
  const named = able.filter(({name}) => protocol === undefined || name === protocol);
  if (named.length === 0) {
    return [{path: 'protocol', message: `must be one of ${able.map(({name}) => name).join(', ')} for "${fault}"`}];
  }
  const known = new Set(named.flatMap(({endpoints}) => endpoints));
  if (needed !== 'callback') known.delete('callback');
  if (needed !== undefined && endpoint !== undefined && endpoint !== '*' && endpoint !== needed) {
    return [{path: 'endpoint', message: `"${fault}" means something for "${needed}" only`}];
  }
  const place = endpoint ?? needed ?? 'trade';
  if (place === '*' || known.has(place)) return [];
  if (endpoint === undefined) return [{path: 'protocol', message: `"${protocol}" has no "${place}"`}];
  return [{path: 'endpoint', message: `must be "*" or one of ${[...known].join(', ')}`}];
}

function parametersOf(written: WrittenFault): readonly (keyof FaultParameters)[] {
  const all: readonly (keyof FaultParameters)[] = ['delayMs', 'amount', 'percent', 'extra', 'bytes', 'seconds'];
  return all.filter(name => written[name] !== undefined);
}

/** Of two moments that can be compared before anything has started. */
function isAfter(from: Moment, until: Moment): boolean {
  if ('at' in from && 'at' in until) return from.at >= until.at;
  return 'after' in from && 'after' in until && from.after >= until.after;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError([{path: '', message: `This is no JSON: ${(error as Error).message}`}]);
  }
}

/** `faults[2].probability` */
function pathOf(items: readonly {readonly key?: unknown}[]): string {
  return items.reduce(
    (path, {key}) => (typeof key === 'number' ? `${path}[${key}]` : `${path}${path === '' ? '' : '.'}${String(key)}`),
    '',
  );
}

/** valibot's words begin like a sentence; ours follow a path. */
function wordsOf(message: string): string {
  return message.replace(/^Invalid (\w+): Expected (.+) but received (.+)$/, 'must be $2, is $3');
}
