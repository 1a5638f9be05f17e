/** Reloadly says no: often without a code. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: 400 | 401 | 404;
  readonly code: string | null;

  constructor(status: Problem['status'], message: string, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function problemResponse({status, message, code}: Problem, request: Request, now: number): Response {
  const {pathname: path} = new URL(request.url);
  const body = {timeStamp: plainTime(now), message, path, errorCode: code, infoLink: null, details: []};
  return Response.json(body, {status});
}

/** Paths that do not exist are told of in another shape. */
export function noSuchPath(request: Request, now: number): Response {
  const {pathname: path} = new URL(request.url);
  const message = 'The resource you requested was not found. Please try again later.';
  return Response.json({timeStamp: plainTime(now), status: 404, error: 'Not Found', message, path}, {status: 404});
}

/** `2022-02-28 13:46:00`, of no zone that anybody names; it is UTC here. */
export function plainTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
