import type {Clock} from '../clock.ts';
import type {CheckedConfig, Secrets} from '../config/config.ts';
import type {DeliveryChannel} from './port.ts';

/** From what the configuration says of delivery to the channels that do it. Each is loaded only where it is wanted. */
export async function createDeliveryChannels(
  {delivery, shop}: Pick<CheckedConfig, 'delivery' | 'shop'>,
  secrets: Secrets,
  clock: Clock,
): Promise<readonly DeliveryChannel[]> {
  const channels: DeliveryChannel[] = [];
  if (delivery?.email) {
    const {createSmtpChannel} = await import('./email/smtp-channel.ts');
    channels.push(createSmtpChannel({...delivery.email, shopName: shop.name, secrets}));
  }
  if (delivery?.sms) {
    const {createGatewayChannel} = await import('./sms/gateway-channel.ts');
    channels.push(createGatewayChannel({...delivery.sms, secrets}));
  }
  if (delivery?.callback) {
    const {createCallbackChannel} = await import('./callback/callback-channel.ts');
    const {secret, ...rest} = delivery.callback;
    channels.push(createCallbackChannel({...rest, secret: secrets(secret), clock}));
  }
  return channels;
}
