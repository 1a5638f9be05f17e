export {createMockShop, type MockShop, type MockShopOptions} from './mock-shop.ts';
export type {ShopAssistant, WaitingTicket} from './shop-assistant.ts';
export {startMocks, type StartMocksOptions} from './start-mocks.ts';
export {scenarioNames, type ScenarioName} from './scenario.ts';
