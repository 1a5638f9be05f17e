import './http/catalogue.ts';
import './http/quotes.ts';
import './http/orders.ts';
import './http/payments.ts';
import './http/procurement.ts';
import './http/keys.ts';
import './http/order-events.ts';
import './http/protocol.ts';
