/* Small files as the first bytes of real ones look. */

const head = (...bytes: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...bytes, ...Array<number>(24).fill(1)]);

export const png = head(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
export const jpeg = head(0xff, 0xd8, 0xff, 0xe0);
export const webp = head(0x52, 0x49, 0x46, 0x46, 9, 9, 9, 9, 0x57, 0x45, 0x42, 0x50);
export const pdf = head(0x25, 0x50, 0x44, 0x46, 0x2d, 0x31);
/** A page that would run in a browser which is too helpful. */
export const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>');

/** `start`, filled up to a size. */
export function ofSize(start: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  bytes.set(start.subarray(0, size));
  return bytes;
}
