/**
 * Leads the buyer on to the page they came from. A page and no redirect: browsers hold a redirect after a form to the
 * `form-action` policy of the payment page, which knows this server and not the shop's pages.
 */
export function returnPage(shopName: string, page: string): Response {
  const [name, address] = [escapeHtml(shopName), escapeHtml(page)];
  const html = `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0;url=${address}">
<title>${name}</title>
<p><a href="${address}">${name}</a></p>
`;
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
