const titles = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Not found',
  409: 'Conflict',
  422: 'Unprocessable content',
} as const;

/** RFC 9457: `application/problem+json` with what failed and what to do. */
export function problem(status: keyof typeof titles, detail: string): Response {
  return new Response(JSON.stringify({type: 'about:blank', title: titles[status], status, detail}), {
    status,
    headers: {'content-type': 'application/problem+json', 'cache-control': 'no-store'},
  });
}
