import {channels} from '../../shared/theme.ts';
import type {StripeAppearance} from './stripe-js.ts';

/** Stripe's variables, and which of our tokens says what they are. */
const colors = {
  colorPrimary: 'accent',
  colorBackground: 'surface',
  colorText: 'text',
  colorTextSecondary: 'text-muted',
  colorTextPlaceholder: 'text-muted',
  colorDanger: 'danger',
  colorSuccess: 'success',
  colorWarning: 'warning',
} as const;

/**
 * The look around a place in the page, in Stripe's terms. Stripe draws in frames of its own, where no style of the page
 * reaches, and takes plain values alone: no variables, no `oklch()`.
 */
export function appearanceAround(place: HTMLElement): StripeAppearance {
  const probe = document.createElement('div');
  probe.style.setProperty('display', 'none', 'important');
  place.append(probe);
  const painted = (token: string): string | undefined => {
    probe.style.setProperty('background-color', `var(--_${token})`, 'important');
    const [red, green, blue, alpha = 1] = channels(probe);
    return alpha === 0 ? undefined : `rgb(${red}, ${green}, ${blue})`;
  };
  try {
    probe.style.setProperty('border-radius', 'var(--_radius-control)', 'important');
    const {borderTopLeftRadius} = getComputedStyle(probe);
    const edge = painted('border-strong');
    const [red = 255, green = 255, blue = 255] = (painted('surface') ?? '').match(/\d+/g)?.map(Number) ?? [];
    const chosen = Object.entries(colors).map(([name, token]) => [name, painted(token)] as const);
    return {
      theme: red + green + blue < 384 ? 'night' : 'stripe',
      variables: {
        ...Object.fromEntries(chosen.filter((entry): entry is [string, string] => entry[1] !== undefined)),
        fontFamily: getComputedStyle(place).fontFamily,
        // Phones zoom in on a field with smaller letters.
        fontSizeBase: '16px',
        spacingUnit: '4px',
        borderRadius: borderTopLeftRadius,
      },
      rules: {'.Input, .Tab, .Block': {...(edge !== undefined && {borderColor: edge}), boxShadow: 'none'}},
    };
  } finally {
    probe.remove();
  }
}
