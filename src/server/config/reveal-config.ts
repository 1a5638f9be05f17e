interface Revealing {
  readonly shop: {readonly reveal: 'isolated' | 'in-page'};
  readonly address: string;
  readonly origins: readonly string[];
}

/** Addresses at which browsers give the frame that shows keys no cryptography, so that nobody could order. */
export function revealMistakes({shop, address, origins}: Revealing): {path: string; message: string}[] {
  if (shop.reveal !== 'isolated') return [];
  const places = [['address', address], ...origins.map((origin, index) => [`origins.${index}`, origin])] as const;
  const message =
    "must begin with https:, or the frame that shows keys does not work; shop: {reveal: 'in-page'} does without it";
  return places.flatMap(([path, place]) => (isSecure(place) ? [] : [{path: path, message}]));
}

/** What browsers trust: HTTPS, and this machine. */
function isSecure(origin: string): boolean {
  const {protocol, hostname} = new URL(origin);
  return protocol === 'https:' || /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
