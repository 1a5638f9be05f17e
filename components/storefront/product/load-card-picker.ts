/** Few goods let a buyer choose their card; the code for that waits for one that does. */
export function loadCardPicker(): void {
  void import('./card-picker/define.ts').catch(() => {
    // The good can be bought without choosing; the next look at it tries again.
  });
}
