/** Keys of one sandbox. Whoever starts it gives them, or lets them be made up and reads them here. */
export interface SandboxCredentials {
  /** The provider's key for the shop. */
  readonly payKey: string;
  /** `whsec_…`, with which notices are signed. */
  readonly webhookSecret: string;
  readonly controlToken: string;
}

/** 256 random bits in hexadecimal from the platform's own generator. */
export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** 16 upper-case letters and digits, as the platform hands out. */
export function randomAppKey(): string {
  return randomToken().slice(0, 16).toUpperCase();
}

export function randomWebhookSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))}`;
}
