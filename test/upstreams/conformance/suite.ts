import type {ConformanceCase} from './conformance-case.ts';
import {goodsCases} from './cases/goods.ts';
import {purchaseCases} from './cases/purchases.ts';
import {refundCases} from './cases/refunds.ts';
import {transportCases} from './cases/transport.ts';
import {webhookCases} from './cases/webhooks.ts';
import type {PlatformFixture} from './platform-fixture.ts';
import {openWorld} from './world.ts';

export const conformanceCases: readonly ConformanceCase[] = [
  ...goodsCases,
  ...purchaseCases,
  ...transportCases,
  ...webhookCases,
  ...refundCases,
];

export type Verdict = 'pass' | 'n-a';

/** Runs one case against one platform of its own. @throws whatever the case throws, if it fails. */
export async function runCase(fixture: PlatformFixture, {applies, wireless, run}: ConformanceCase): Promise<Verdict> {
  if (fixture.openWorld && !wireless) return 'n-a';
  const world = await openWorld(fixture);
  try {
    if (applies && !applies(world.upstream.capabilities)) return 'n-a';
    await run(world);
    return 'pass';
  } finally {
    await world.close();
  }
}
