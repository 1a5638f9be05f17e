/** What the gallery itself says, in the languages it speaks; the elements bring their own words. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
