/** A QR code as the outline of its dark modules, `size` modules wide without the quiet zone around it. */
export interface QrOutline {
  readonly size: number;
  readonly path: string;
}

/** Draws what a QR code says; the code that does is loaded when the first one is shown. */
export class QrCode {
  readonly #drawn: () => void;
  #text: string | undefined;
  #outline: QrOutline | 'failed' | undefined;

  /** @param drawn called when an outline has become known */
  constructor(drawn: () => void) {
    this.#drawn = drawn;
  }

  /** The outline, once it is there; `failed` when it is too long for a code or the code could not be loaded. */
  outline(text: string): QrOutline | 'failed' | undefined {
    if (text !== this.#text) {
      this.#text = text;
      this.#outline = undefined;
      const settle = (outline: QrOutline | 'failed'): void => {
        if (this.#text !== text) return;
        this.#outline = outline;
        this.#drawn();
      };
      draw(text).then(settle, () => settle('failed'));
    }
    return this.#outline;
  }
}

async function draw(text: string): Promise<QrOutline> {
  const {correction, generate} = await import('lean-qr/nano');
  const code = generate(text, {minCorrectionLevel: correction.M});
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      // Runs, because edges between single modules would show as hairlines.
      let run = 0;
      while (code.get(x + run, y)) run++;
      if (run > 0) path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return {size: code.size, path};
}
