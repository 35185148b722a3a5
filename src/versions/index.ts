export * from './endpoint-picker-build';
export * from './endpoint-picker-builds';
export { GAIE_1_4 } from './endpoint-picker-gaie-1-4';
export { GAIE_1_5 } from './endpoint-picker-gaie-1-5';
export { LLMD_ROUTER_0_10 } from './endpoint-picker-llmd-router-0-10';
export { LLMD_ROUTER_0_9 } from './endpoint-picker-llmd-router-0-9';
export { LLMD_SCHEDULER_0_6 } from './endpoint-picker-llmd-scheduler-0-6';
export * from './pins';
