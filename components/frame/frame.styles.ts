/** What a page may not have from an attribute or an element under its policy. */
export const frameStyles = new CSSStyleSheet();

frameStyles.replaceSync(`
  body {
    display: flow-root;
    margin: 0;
    font-family: system-ui, sans-serif;
  }
  ks-order-lookup {
    display: block;
    margin-block-start: 16px;
  }
`);
