/** The platform says no. There are no codes for it: all it has is this text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
