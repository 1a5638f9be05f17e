const statuses = {
  ConstraintViolation: 400,
  Authorization: 401,
  Http: 404,
  OrderNotFound: 404,
  ResourceLock: 409,
  InsufficientBalance: 422,
  ProductUnavailable: 422,
  OrderFailed: 422,
  NoKeysToReturn: 422,
  Error: 500,
} as const;

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
};

export type ProblemKind = keyof typeof statuses;

/** Kinguin says no, and of what kind. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, detail: string) {
    super(detail);
    this.kind = kind;
  }
}

/** A problem as it is sent. A wrong key is told in fewer words than everything else. */
export function problemResponse({kind, message}: Problem, request: Request, now: number): Response {
  const status = statuses[kind];
  const body =
    kind === 'Authorization'
      ? {kind, status, detail: message, type: titles[status]}
      : {
          kind,
          status,
          title: titles[status],
          detail: message,
          path: new URL(request.url).pathname.replace('/esa', ''),
          method: request.method,
          trace: (now % 0xffffffffff).toString(16).padStart(10, '0'),
          timestamp: atomTime(now),
        };
  return Response.json(body, {status});
}

/** `2020-10-28T08:40:44+00:00` */
export function atomTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}
