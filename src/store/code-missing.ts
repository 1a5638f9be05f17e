import {KeystallError} from '../client/errors.ts';

/** The code of an error that says: a part of the shop's own code did not arrive. */
export const codeMissing = 'code_missing';

/** What is shown in place of something whose code did not come. `cause` names the file. */
export function codeMissingError(cause: unknown): KeystallError {
  return new KeystallError(codeMissing, 'A part of the code could not be loaded. Load the page again.', {cause});
}
