/**
 * A stand-in for Stripe.js that behaves as docs.stripe.com/js says, as far as a shop uses it: it draws into an element of
 * the page itself and into no shadow root, keeps what is typed in a frame of its own origin, and `confirmPayment`
 * resolves with the payment or an error, or leaves the page. `%ORIGIN%` stands for where it is served.
 */
export const stripeJs = `(() => {
const origin = '%ORIGIN%';
class IntegrationError extends Error {
  name = 'IntegrationError';
}
const idOf = secret => /^(pi_.+)_secret_/.exec(secret)[1];
async function call(key, path, init) {
  let answer;
  try {
    answer = await fetch(origin + path, {...init, headers: {Authorization: 'Bearer ' + key}});
  } catch {
    return {error: {type: 'api_connection_error', message: 'Could not connect to Stripe.'}};
  }
  const body = await answer.json();
  return answer.ok ? {paymentIntent: body} : {error: body.error};
}
window.Stripe = key => {
  if (!/^pk_/.test(key)) throw new IntegrationError('This is no publishable key.');
  const retrievePaymentIntent = clientSecret =>
    call(key, '/v1/payment_intents/' + idOf(clientSecret) + '?client_secret=' + clientSecret);
  return {
    retrievePaymentIntent,
    elements({clientSecret, appearance = {}, locale = 'auto'}) {
      const group = {clientSecret, number: '', element: undefined};
      return Object.assign(group, {
        create(type) {
          if (type !== 'payment') throw new IntegrationError('Only "payment" is played here.');
          const listeners = {};
          const frame = document.createElement('iframe');
          const heard = event => {
            if (event.source !== frame.contentWindow || event.origin !== origin) return;
            group.number = String(event.data);
          };
          group.element = {
            on(name, listener) {
              (listeners[name] ??= []).push(listener);
              return group.element;
            },
            mount(place) {
              if (!(place instanceof Element) || place.getRootNode() !== document)
                throw new IntegrationError('The element you provided is not in the document, or in a shadow root.');
              const query = new URLSearchParams({locale, colors: JSON.stringify(appearance.variables ?? {})});
              frame.src = origin + '/frame.html?' + query;
              frame.title = 'Secure payment input frame';
              frame.style.cssText = 'display: block; width: 100%; height: 84px; border: 0';
              addEventListener('message', heard);
              frame.addEventListener('load', async () => {
                const {error} = await retrievePaymentIntent(clientSecret);
                const name = error ? 'loaderror' : 'ready';
                for (const listener of listeners[name] ?? []) listener({elementType: 'payment', error});
              });
              place.append(frame);
            },
            destroy() {
              removeEventListener('message', heard);
              frame.remove();
            },
          };
          return group.element;
        },
      });
    },
    async confirmPayment({elements: {clientSecret, number}, confirmParams: {return_url} = {}, redirect = 'always'}) {
      if (number === '')
        return {error: {type: 'validation_error', code: 'incomplete_number', message: 'Your card number is incomplete.'}};
      const body = new URLSearchParams({client_secret: clientSecret, number, ...(return_url && {return_url})});
      const answer = await call(key, '/v1/payment_intents/' + idOf(clientSecret) + '/confirm', {method: 'POST', body});
      const next = answer.paymentIntent?.next_action?.redirect_to_url.url;
      if (next === undefined && redirect === 'if_required') return answer;
      location.assign(next ?? return_url);
      return new Promise(() => {});
    },
  };
};
})();
`;

/** What Stripe keeps away from the page around it: the field that a card's number is typed into. */
export const stripeFrame = `<!doctype html>
<meta charset="utf-8">
<title>Stripe</title>
<style>
  body { margin: 0; font: 16px system-ui; }
  label { display: grid; gap: 4px; }
  input { box-sizing: border-box; width: 100%; min-height: 48px; padding: 0 12px; border: 1px solid #888; border-radius: 8px; font: inherit; }
</style>
<label><span></span><input inputmode="numeric" autocomplete="off"></label>
<script>
  const query = new URLSearchParams(location.search);
  const {colorText, colorBackground, borderRadius} = JSON.parse(query.get('colors'));
  const input = document.querySelector('input');
  const lang = query.get('locale');
  document.documentElement.lang = lang;
  document.querySelector('span').textContent = lang.startsWith('zh') ? '卡号' : 'Card number';
  Object.assign(document.body.style, {color: colorText, backgroundColor: colorBackground});
  Object.assign(input.style, {color: colorText, backgroundColor: colorBackground, borderRadius});
  input.addEventListener('input', () => parent.postMessage(input.value.replace(/\\s/g, ''), '*'));
</script>
`;

/** Where a bank asks whether it is really the buyer who pays. */
export const bankPage = (id: string): string => `<!doctype html>
<meta charset="utf-8">
<title>Bank</title>
<h1>3D Secure</h1>
<form method="post" action="/authorize/${encodeURIComponent(id)}">
  <button name="answer" value="yes">Complete</button>
  <button name="answer" value="no">Fail</button>
</form>
`;
