/** Thrown when what is asked for exists and cannot be done as things stand; nothing has changed. */
export class Impossible extends RangeError {
  override readonly name = 'Impossible';
}
