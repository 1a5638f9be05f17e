/** An HTML page where a protocol would answer otherwise: what web servers say in front of a platform. */
export function htmlAnswer(html: string, status = 200): Response {
  return new Response(html, {status, headers: {'content-type': 'text/html; charset=utf-8'}});
}
