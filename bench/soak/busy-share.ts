import {cpus} from 'node:os';

/** How busy the machine's cores are from now on, of 1; answered when asked. What others do on it counts, too. */
export function busyShare(): () => number {
  const from = spent();
  return () => {
    const to = spent();
    const all = to.all - from.all;
    return all === 0 ? 0 : 1 - (to.idle - from.idle) / all;
  };
}

function spent() {
  let [all, idle] = [0, 0];
  for (const {times} of cpus()) {
    idle += times.idle;
    all += Object.values(times).reduce((sum, each) => sum + each, 0);
  }
  return {all, idle};
}
