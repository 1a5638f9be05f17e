const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {fatal: true});

export type Bytes = Uint8Array<ArrayBuffer>;

export function encodeText(text: string): Bytes {
  return encoder.encode(text);
}

/** @throws {TypeError} when the bytes are not UTF-8. */
export function decodeText(bytes: Bytes): string {
  return decoder.decode(bytes);
}

/* Each request opens and makes several tokens: where the server runs in Node, its own conversions do it. */
const buffers = globalThis.process?.getBuiltinModule?.('node:buffer');

/** Of base64url and base64 (RFC 4648 §4 and §5). */
const letters = /^[A-Za-z0-9_+/-]*={0,2}$/;

/** base64url without padding (RFC 4648 §5). */
export const toBase64Url: (bytes: Bytes) => string = buffers ? nodeToBase64Url : webToBase64Url;

/** Answers nothing when the text is not base64url or base64. */
export const fromBase64Url: (text: string) => Bytes | undefined = buffers ? nodeFromBase64Url : webFromBase64Url;

function nodeToBase64Url(bytes: Bytes): string {
  return buffers.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

function nodeFromBase64Url(text: string): Bytes | undefined {
  if (!letters.test(text)) return undefined;
  // Padding is left out, or is all there; a single letter is not yet a byte.
  const isWhole = text.endsWith('=') ? text.length % 4 === 0 : text.length % 4 !== 1;
  return isWhole ? new Uint8Array(buffers.Buffer.from(text, 'base64')) : undefined;
}

export function webToBase64Url(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function webFromBase64Url(text: string): Bytes | undefined {
  if (!letters.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, character => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export function joinBytes(...parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** `bits` of randomness as base64url. */
export function randomToken(bits: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bits / 8)));
}
