const drawn = new Set<{requestUpdate(): void}>();
let observer: MutationObserver | undefined;

/** Draws an element again whenever a `lang` changes around it in the page, or words arrive; answers the way to stop. */
export function watchLanguage(element: {requestUpdate(): void}): () => void {
  drawn.add(element);
  if (!observer) {
    observer = new MutationObserver(redrawAll);
    observer.observe(document, {attributeFilter: ['lang'], subtree: true});
  }
  return () => drawn.delete(element);
}

export function redrawAll(): void {
  for (const element of drawn) element.requestUpdate();
}
