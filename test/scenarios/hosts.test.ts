import {after, before, describe} from 'node:test';
import {HostPages} from '../support/host-pages.ts';
import {testBadData} from './hosts/bad-data.ts';
import {testBlockedMeans} from './hosts/blocked-means.ts';
import {testFinding} from './hosts/finding.ts';
import {testFirstGoods} from './hosts/first-goods.ts';
import {testForeignStyles} from './hosts/foreign-styles.ts';
import {testLayoutShift} from './hosts/layout-shift.ts';
import {testLostCode} from './hosts/lost-code.ts';
import {testMovedElements} from './hosts/moved-elements.ts';
import {testReaders} from './hosts/readers.ts';
import {testSmallScreens} from './hosts/small-screens.ts';
import {testStrictPolicies} from './hosts/strict-policies.ts';

describe('in a host page', {timeout: 300_000}, () => {
  let hosts: HostPages;
  before(async () => {
    hosts = await HostPages.start();
  });
  after(() => hosts.stop());

  for (const part of [
    testForeignStyles,
    testMovedElements,
    testBlockedMeans,
    testBadData,
    testReaders,
    testLayoutShift,
    testFinding,
    testFirstGoods,
    testLostCode,
    testSmallScreens,
    testStrictPolicies,
  ]) {
    part(() => hosts);
  }
});
