/** What a page may not have from an attribute or an element under its policy. */
export const frameStyles = new CSSStyleSheet();

frameStyles.replaceSync(`
  body {
    display: flow-root;
    margin: 0;
    font-family: system-ui, sans-serif;
  }
  .window body {
    max-inline-size: 640px;
    margin: 0 auto;
    padding: 16px;
  }
`);
