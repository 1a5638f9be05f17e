import {closeEndedTicket} from './aftersales/shop-desk.ts';
import type {LiveOffers} from './catalogue/live-offers.ts';
import {lookAtGood} from './catalogue/look-at-good.ts';
import {createSpeller} from './catalogue/speller.ts';
import {syncCatalogue} from './catalogue/sync-catalogue.ts';
import {watchStock} from './catalogue/watch-stock.ts';
import type {ConnectionGuards} from './connection-guards.ts';
import {sendDelivery} from './delivery/send-delivery.ts';
import type {Job, JobHandler} from './jobs.ts';
import {checkPayment, expireOrder} from './payments/check-payment.ts';
import {reconcileInTime} from './payments/reconcile-payments.ts';
import type {ServerPorts} from './ports.ts';
import {procure} from './procurement/procure.ts';
import {workOnRefund} from './refunds/send-refund.ts';
import {longestWindowMs} from './security/scarce-uses.ts';

/** Does what a job says. */
export function createJobRunner(ports: ServerPorts, live: LiveOffers, guards: ConnectionGuards): JobHandler {
  const speller = createSpeller(ports);
  return async (job, signal) => {
    switch (job.type) {
      case 'procure':
        return procure(ports, guards, job.procurementId);
      case 'check_payment':
        return checkPayment(ports, job.paymentId);
      case 'expire_order':
        return expireOrder(ports, job.orderId);
      case 'deliver':
        return sendDelivery(ports, job.deliveryId, signal);
      case 'refund':
        return workOnRefund(ports, job.refundId, signal);
      case 'reconcile_payments':
        return reconcileInTime(ports, job.provider, signal);
      case 'sync_catalogue':
        return syncCatalogue(ports, {live, speller}, job.connectionId, signal);
      case 'watch_stock':
        return watchStock(ports, live, job.connectionId, signal);
      case 'look_at_good':
        return lookAtGood(ports, guards, speller, job, signal);
      case 'close_ticket':
        return closeEndedTicket(ports, job.ticketId);
      case 'sweep':
        return sweep(ports);
    }
  };
}

/** Longer than any platform repeats a notice. */
const rememberedNoticeMs = 7 * 24 * 3_600_000;

/** Finds work that a crash may have left without a job, and what has come to its end; drops counts that are over. */
async function sweep(ports: ServerPorts): Promise<void> {
  const now = ports.clock.now();
  const {pendingOrderIds, openPaymentIds, openProcurementIds, pendingDeliveryIds, openRefundIds} =
    await ports.store.unfinished(now);
  const endedTicketIds = await ports.store.endedTicketIds(now);
  const jobs: Job[] = [
    ...pendingOrderIds.map(orderId => ({type: 'expire_order' as const, orderId})),
    ...openPaymentIds.map(paymentId => ({type: 'check_payment' as const, paymentId})),
    ...openProcurementIds.map(procurementId => ({type: 'procure' as const, procurementId})),
    ...pendingDeliveryIds.map(deliveryId => ({type: 'deliver' as const, deliveryId})),
    ...openRefundIds.map(refundId => ({type: 'refund' as const, refundId})),
    ...endedTicketIds.map(ticketId => ({type: 'close_ticket' as const, ticketId})),
  ];
  await ports.store.transaction(async tx => {
    await tx.forgetUses(now - longestWindowMs);
    await tx.forgetConsoleSessions(now);
    await tx.forgetWatched(now);
    await tx.forgetPlatformEvents(now - rememberedNoticeMs);
    for (const job of await tx.forgottenJobs(jobs)) await tx.enqueue(job);
  });
}
