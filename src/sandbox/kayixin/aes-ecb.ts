const blockBytes = 16;

/**
 * AES-256-ECB with PKCS#7 padding, in base64. Browsers and Node share no such thing, but one block of CBC after a zero
 * vector is one block of ECB.
 * @param key 32 ASCII characters
 */
export async function encryptEcb(text: string, key: string): Promise<string> {
  const plain = padded(new TextEncoder().encode(text));
  const cryptoKey = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), 'AES-CBC', false, ['encrypt']);
  const encrypted = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at += blockBytes) {
    const block = plain.subarray(at, at + blockBytes);
    const iv = new Uint8Array(blockBytes);
    const bytes = await crypto.subtle.encrypt({name: 'AES-CBC', iv}, cryptoKey, block);
    encrypted.set(new Uint8Array(bytes, 0, blockBytes), at);
  }
  return btoa(String.fromCharCode(...encrypted));
}

function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const missing = blockBytes - (bytes.length % blockBytes);
  const whole = new Uint8Array(bytes.length + missing).fill(missing);
  whole.set(bytes);
  return whole;
}
