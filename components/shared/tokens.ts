import {css} from 'lit';

const contrast = css`
  @media (prefers-contrast: more) {
    :host {
      --_text-muted: var(--_text);
      --_border: var(--_border-strong);
    }
  }
  @media (forced-colors: active) {
    :host {
      --_border: CanvasText;
      --_border-strong: CanvasText;
    }
  }
`;

/**
 * The look of all elements in a handful of values. Each private `--_name` is read inside the elements; each public
 * `--ks-name` is what a page sets, anywhere above them, to change it. Sizes are in pixels on purpose: `rem` would follow
 * whatever the host page did to its root font size.
 *
 * @cssproperty --ks-font - Font family; the page's own by default
 * @cssproperty --ks-accent - The one accent: primary buttons, focus, links
 * @cssproperty --ks-on-accent - Text on the accent
 * @cssproperty --ks-surface - Background of cards and dialogs
 * @cssproperty --ks-surface-sunken - Background of what lies deeper: covers, skeletons, quiet buttons
 * @cssproperty --ks-text - Text
 * @cssproperty --ks-text-muted - Text of less weight
 * @cssproperty --ks-border - Hairlines
 * @cssproperty --ks-border-strong - Edges of controls
 * @cssproperty --ks-success - Good news
 * @cssproperty --ks-warning - News to mind
 * @cssproperty --ks-danger - Bad news, and prices taken back
 * @cssproperty --ks-radius - Corner of cards and dialogs; controls take two thirds of it
 */
export const tokens = css`
  :host {
    color-scheme: light;
    --_accent: var(--ks-accent, #1b59c4);
    --_on-accent: var(--ks-on-accent, #fff);
    --_surface: var(--ks-surface, #fff);
    --_surface-sunken: var(--ks-surface-sunken, #f2f3f5);
    --_text: var(--ks-text, #17191c);
    --_text-muted: var(--ks-text-muted, #5a6169);
    --_border: var(--ks-border, #dfe2e6);
    --_border-strong: var(--ks-border-strong, #828a93);
    --_success: var(--ks-success, #0f6b3e);
    --_warning: var(--ks-warning, #8a5000);
    --_danger: var(--ks-danger, #b4231a);
    --_shadow: 0 1px 2px rgb(15 20 30 / 6%), 0 8px 24px rgb(15 20 30 / 8%);

    --_size-1: 12px;
    --_size-2: 14px;
    --_size-3: 16px;
    --_size-4: 20px;
    --_size-5: 28px;

    --_radius: var(--ks-radius, 12px);
    --_radius-control: calc(var(--_radius) * 2 / 3);
    --_target: 44px;
    --_quick: 120ms;
    --_calm: 240ms;
  }
  ${contrast}
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_quick: 0s;
      --_calm: 0s;
    }
  }
`;

/** What is different in the dark. */
export const darkTokens = css`
  :host {
    color-scheme: dark;
    --_accent: var(--ks-accent, #8db4ff);
    --_on-accent: var(--ks-on-accent, #0b1a38);
    --_surface: var(--ks-surface, #1b1e22);
    --_surface-sunken: var(--ks-surface-sunken, #272b31);
    --_text: var(--ks-text, #eceef1);
    --_text-muted: var(--ks-text-muted, #a6adb6);
    --_border: var(--ks-border, #343a41);
    --_border-strong: var(--ks-border-strong, #7f8892);
    --_success: var(--ks-success, #6fd3a0);
    --_warning: var(--ks-warning, #f0b660);
    --_danger: var(--ks-danger, #ff9d94);
    --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 40%);
  }
  ${contrast}
`;

/** What the theme `high-contrast` adds on light ground: text reads at 7 : 1, and every edge is drawn. */
export const starkTokens = css`
  :host {
    --_accent: var(--ks-accent, #0b3b8f);
    --_surface-sunken: var(--ks-surface-sunken, #fff);
    --_text: var(--ks-text, #000);
    --_text-muted: var(--_text);
    --_border: var(--_border-strong);
    --_border-strong: var(--ks-border-strong, #000);
    --_success: var(--ks-success, #0a4a2b);
    --_warning: var(--ks-warning, #633a00);
    --_danger: var(--ks-danger, #8a1610);
    --_shadow: none;
  }
`;

/** The same on dark ground, adopted after `darkTokens`. */
export const starkDarkTokens = css`
  :host {
    --_accent: var(--ks-accent, #b5cfff);
    --_surface: var(--ks-surface, #000);
    --_surface-sunken: var(--ks-surface-sunken, #000);
    --_text: var(--ks-text, #fff);
    --_text-muted: var(--_text);
    --_border: var(--_border-strong);
    --_border-strong: var(--ks-border-strong, #fff);
    --_danger: var(--ks-danger, #ffb3ac);
    --_shadow: none;
  }
`;
