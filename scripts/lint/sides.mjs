/**
 * Left and right in the elements' styles, as selectors for the lint rule `no-restricted-syntax`: in a page that reads
 * from right to left both are the wrong side.
 */
const properties = [
  // margin-left, border-right-color, left …
  '(?:[\\w-]+-)?(?:left|right)(?:-(?:color|style|width|radius))?\\s*:',
  // border-top-left-radius …
  'border-(?:top|bottom)-(?:left|right)-radius\\s*:',
  '(?:text-align|float|clear|justify-content|justify-items|justify-self)\\s*:\\s*(?:left|right)\\b',
];

export const sides = [
  {
    selector: `TaggedTemplateExpression[tag.name='css'] TemplateElement[value.raw=/[\\s;{](?:${properties.join('|')})/]`,
    message: 'Left and right are wrong in pages that read from right to left. Say inline-start and inline-end.',
  },
];
