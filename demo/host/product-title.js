// The title of the page is the title of the good, as a shop's visitors and their bookmarks expect.
const paper = document.title;

document.addEventListener('ks-product-shown', ({product}) => {
  document.title = `${product.title} · ${paper}`;
});
