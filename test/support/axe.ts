import 'axe-core';
import type axe from 'axe-core';
import {findAll} from './elements.ts';

/**
 * Fails where axe finds a violation of WCAG 2.2 AA or of its best practices in `element`, its shadow roots included.
 *
 * @param except ids of axe's rules to leave out; say beside the call why
 */
export async function expectAccessible(element: Element, {except = []}: {except?: string[]} = {}): Promise<void> {
  await atRest(element);
  // The package is no ES module: imported in a page, it puts itself on the window.
  const {violations} = await (globalThis as unknown as {axe: typeof axe}).axe.run(element, {
    resultTypes: ['violations'],
    // One element is not a page: landmarks and headings around it are the page's.
    rules: Object.fromEntries(
      ['region', 'page-has-heading-one', 'landmark-one-main', ...except].map(id => [id, {enabled: false}]),
    ),
  });
  if (violations.length === 0) return;
  const findings = violations.flatMap(({id, help, nodes}) =>
    nodes.map(node => `${id}: ${help}\n  at ${node.target.join(' ')}\n  ${node.html}`),
  );
  throw new Error(`<${element.localName}> is not accessible:\n${findings.join('\n')}`);
}

/** Waits for what moves into its place: half-transparent text has no contrast yet. */
async function atRest(element: Element): Promise<void> {
  const moves = findAll(element, '*').flatMap(inner => inner.getAnimations());
  const ending = moves.filter(move => Number.isFinite(move.effect?.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(({finished}) => finished));
}
