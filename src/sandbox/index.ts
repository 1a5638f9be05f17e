export {
  createSandbox,
  type Sandbox,
  type SandboxMerchant,
  type SandboxOptions,
  type SandboxSnapshot,
} from './sandbox.ts';
export {ConnectionDropped, isConnectionDropped} from './connection-dropped.ts';
export {systemClock, type Clock} from './clock.ts';
export {createRandom, type Random} from './random.ts';
export {
  callbackFaults,
  paymentFaults,
  platformFaults,
  type ArmedFault,
  type FaultName,
  type FaultOrder,
} from './faults/fault.ts';
export {ordersOf, parseScenario, ScenarioError, type Scenario, type ScenarioMistake} from './faults/scenario.ts';
export {sandboxProtocols, type SandboxProtocol} from './protocols.ts';
export {shopEndpoints} from './acg-faka/shop-handler.ts';
export {seedCatalogue} from './catalogue/seed-catalogue.ts';
export type {Ledger, Catalogue} from './platform/platform-state.ts';
export type {Good} from './platform/good.ts';
export type {PlatformOrder} from './platform/platform-order.ts';
export type {Notice, Payment, PaymentEvent} from './payments/payment.ts';
