/** The platform's column holds 19 characters; one more is answered with an HTML page. */
export const maximumReferenceLength = 19;

/** Whether the platform will keep a text as reference. `0` alone is stored as "none", which would unprotect the purchase. */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9]{1,19}$/.test(text) && text !== '0';
}
