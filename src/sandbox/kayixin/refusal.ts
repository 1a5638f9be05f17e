/** Codes besides 1000; a customer is told none of them beforehand, and reads the text. */
const codes = {failed: 2000, credentials: 2401, price: 2400, absent: 2404} as const;

/** The platform says no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: keyof typeof codes, message: string) {
    super(message);
    this.code = codes[code];
  }
}
