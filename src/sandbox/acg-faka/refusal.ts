/** The shop says no: HTTP 200, JSON, code 0, and a Chinese sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The shop's PHP would have died here: HTTP 200 and an HTML page. Whatever was begun is rolled back. */
export class Crash extends Error {
  override readonly name = 'Crash';
}
