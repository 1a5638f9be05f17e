import type {CardSecret} from '../../../../src/domain/card-secret.ts';

type Picture = Extract<CardSecret, {kind: 'image'}>;

const safeKinds = /^image\/(png|jpeg|webp|gif)$/;

/** Addresses of pictures that only this page knows, for as long as the keys are uncovered. */
export class KeyPictures {
  readonly #addresses = new Map<Picture, string | undefined>();

  /** Undefined for what is no picture, or of a kind that may hold more than a picture. */
  address(picture: Picture): string | undefined {
    if (!this.#addresses.has(picture)) this.#addresses.set(picture, addressOf(picture));
    return this.#addresses.get(picture);
  }

  /** From now on the addresses lead nowhere. */
  forget(): void {
    for (const address of this.#addresses.values()) if (address) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }
}

function addressOf({mediaType, base64}: Picture): string | undefined {
  if (!safeKinds.test(mediaType)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], {type: mediaType}));
  } catch {
    return undefined;
  }
}
