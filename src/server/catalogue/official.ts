import type {Badge} from '../../contract/product-details.ts';
import type {OfficialSource} from '../config/config.ts';
import type {ServerPorts} from '../ports.ts';
import {wordIn} from './language.ts';

/** The last zone of the world to see a day end: until then a paper holds somewhere. */
const lastZoneMs = 12 * 3_600_000;
const dayMs = 24 * 3_600_000;

/**
 * Connections whose goods come from an official source (官方直供), by a paper that holds today. Where a good is bought
 * from several connections, nothing is said of any of them while one has no such paper.
 */
export function officialConnections({config, clock}: Pick<ServerPorts, 'config' | 'clock'>): readonly string[] {
  const {connections, listings} = config;
  const official = new Set(connections.flatMap(({id, source}) => (source && holds(source, clock.now()) ? [id] : [])));
  const mixed = new Set(
    listings
      .map(({sources}) => sources.map(({connection}) => connection))
      .filter(ids => !ids.every(id => official.has(id)))
      .flat(),
  );
  return [...official].filter(id => !mixed.has(id));
}

/** What may be said of a connection's goods, with the paper behind it; nothing where there is none, or it has expired. */
export function officialBadge(
  ports: Pick<ServerPorts, 'config' | 'clock'>,
  connectionId: string,
  lang: string | undefined,
): Badge | undefined {
  const source = ports.config.connections.find(({id}) => id === connectionId)?.source;
  if (!source || !officialConnections(ports).includes(connectionId)) return undefined;
  const {statement, statements = {}, url, validUntil} = source.evidence;
  return {
    text: wordIn(officialWords, lang) ?? officialWords['zh-CN'],
    evidence: 'document',
    statement: wordIn(statements, lang) ?? statement,
    ...(url !== undefined && {url}),
    ...(validUntil !== undefined && {validUntil}),
  };
}

const officialWords = {'zh-CN': '官方直供', 'zh-TW': '官方直供', en: 'Official source'};

function holds({evidence: {validUntil}}: OfficialSource, now: number): boolean {
  return validUntil === undefined || now < Date.parse(validUntil) + dayMs + lastZoneMs;
}
