/**
 * What a Content-Security-Policy allows the styles in rendered elements by, where a page is written once and a nonce
 * would be no secret: `'sha256-…'`, one for each of the different style sheets in it.
 */
export async function styleHashes(html: string): Promise<readonly string[]> {
  const sheets = new Set([...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css!));
  return Promise.all(
    [...sheets].map(async css => {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(css)));
      return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
    }),
  );
}
