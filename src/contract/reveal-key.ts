import * as v from 'valibot';

/** A public key of P-256 as an uncompressed point (SEC 1 §2.3.3), 65 bytes in base64url. */
export const revealKeySchema = v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/));
