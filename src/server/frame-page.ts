/** Where the script of the page lies, which the build makes. */
const script = '/cdn/keys-frame.js';

/**
 * The page that shows keys in a frame of this server's origin, where the scripts of the page around it cannot read them.
 * Only the shop's own pages may frame it, and it runs and reaches nothing but this server's.
 * @param origins those of the shop's pages
 */
export function framePage(origins: readonly string[]): Response {
  const html = `<!doctype html>
<html data-origins="${escapeHtml(origins.join(' '))}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Keystall</title>
<script type="module" src="${script}"></script>
<body></body>
</html>
`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.join(' ') || "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ];
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
      'Cache-Control': 'no-cache',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      // A page that isolates itself frames only what says that it may.
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
