import {LRUCache} from 'lru-cache';
import {bytesToHex} from '@noble/hashes/utils.js';
import {sha256} from '@noble/hashes/sha2.js';
import {connectionOf, type ServerPorts} from '../ports.ts';

export interface Cover {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** Pictures of the platforms, handed on by the shop server so that a page only ever talks to the shop. */
export interface CoverCache {
  /** Answers nothing when the platform does not hand it out, or hands out something that is no picture. */
  get(connectionId: string, url: string): Promise<Cover | undefined>;
}

const allowedTypes = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/svg+xml']);
const cacheBytes = 32 * 1024 * 1024;
const keptMs = 60 * 60_000;
const missKeptMs = 30_000;
const patienceMs = 8000;

type Entry = Cover | 'none';

export function createCoverCache(ports: ServerPorts): CoverCache {
  const cache = new LRUCache<string, Entry, {connectionId: string; url: string}>({
    maxSize: cacheBytes,
    sizeCalculation: entry => (entry === 'none' ? 1 : entry.bytes.length + 1),
    ttl: keptMs,
    async fetchMethod(_key, _stale, {options, context: {connectionId, url}}): Promise<Entry> {
      try {
        const picture = await connectionOf(ports, connectionId).upstream.picture(url, AbortSignal.timeout(patienceMs));
        const mediaType = picture.mediaType.split(';')[0]!.trim().toLowerCase();
        if (!allowedTypes.has(mediaType)) throw new Error(`The platform sent ${mediaType} as a picture.`);
        return {mediaType, bytes: picture.bytes, etag: `"${bytesToHex(sha256(picture.bytes)).slice(0, 32)}"`};
      } catch (error) {
        ports.log.warn('no picture', {connectionId, error: error instanceof Error ? error.message : undefined});
        options.ttl = missKeptMs;
        return 'none';
      }
    },
  });
  return {
    async get(connectionId, url) {
      const entry = await cache.fetch(`${connectionId} ${url}`, {context: {connectionId, url}});
      return entry === 'none' ? undefined : entry;
    },
  };
}
