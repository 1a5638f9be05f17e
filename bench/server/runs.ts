import {availableParallelism, cpus} from 'node:os';
import {ratioOf, type Figure} from '../report.ts';
import type {Pace} from '../serving/in-parallel.ts';

/** One run of an operation, or of its floor. */
export interface Run extends Pace {
  /** Milliseconds that the processes which answered computed for each. */
  readonly cpu: number;
  /** How many cores were busy meanwhile, with whatever it was. */
  readonly cores?: number;
}

/**
 * Paces a run.
 * @param computed milliseconds that the processes which answer have computed so far
 */
export async function measured(pace: () => Promise<Pace>, computed: () => Promise<number>): Promise<Run> {
  const before = await computed();
  const paced = await pace();
  return {...paced, cpu: ((await computed()) - before) / paced.count};
}

/** Watches how many cores are busy with what is paced from now on. */
export function coresOf(): {during(pace: Pace): number} {
  const before = busyTime();
  return {
    // The load generator ends with the second in which the last answer came, and nobody computes in what is left of it.
    during: ({count, perSecond}) => (busyTime() - before) / ((count / perSecond) * 1000),
  };
}

/** Milliseconds that all cores together have computed. */
function busyTime(): number {
  return cpus().reduce((sum, {times}) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** An operation and what it is held against, in the same turn. */
export interface Pair {
  readonly value: Run;
  readonly floor: Run;
}

/**
 * The figures of an operation, each of the pair whose ratio is the median one: value and floor belong to the same run.
 * @param halves the same runs beside those of one process alone; none where there is one
 */
export function figuresOf(
  name: string,
  pairs: readonly Pair[],
  halves: readonly Pair[],
  target?: string,
): readonly Figure[] {
  const {value, floor} = medianOf(pairs);
  const half = halves.length > 0 ? medianOf(halves) : undefined;
  return [
    {name, value: value.perSecond, floor: floor.perSecond, unit: 'per s', target},
    {name: `${name}/p50`, value: value.p50, floor: floor.p50, unit: 'ms'},
    {name: `${name}/p99`, value: value.p99, floor: floor.p99, unit: 'ms'},
    {name: `${name}/cpu`, value: value.cpu, floor: floor.cpu, unit: 'ms'},
    ...(half
      ? [
          {
            name: `${name}/both`,
            value: half.value.perSecond,
            floor: half.floor.perSecond,
            unit: 'per s',
            target: '≥ 1.6 × one, where cores allow',
          },
          {name: `${name}/cores`, value: half.value.cores!, floor: availableParallelism(), unit: 'cores'},
        ]
      : []),
  ];
}

function medianOf(pairs: readonly Pair[]): Pair {
  const ratio = ({value, floor}: Pair) => ratioOf({value: value.perSecond, floor: floor.perSecond})!;
  return pairs.toSorted((left, right) => ratio(left) - ratio(right))[pairs.length >> 1]!;
}
