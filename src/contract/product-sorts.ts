/** How a list of products is ordered. */
export const productSorts = ['featured', 'relevance', 'price_ascending', 'price_descending', 'title'] as const;
