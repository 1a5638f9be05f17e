// Collects what the page's Content Security Policy refused, for the test that expects nothing.
window.cspViolations = [];
document.addEventListener(
  'securitypolicyviolation',
  ({violatedDirective, blockedURI, sourceFile, lineNumber, sample}) => {
    window.cspViolations.push({violatedDirective, blockedURI, sourceFile, lineNumber, sample});
  },
);
