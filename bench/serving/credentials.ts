/** What the processes of a bench know each other by. They end with it, and nothing of theirs is worth anything. */
export const credentials = {
  appId: '1000',
  appKey: 'benchbenchbench0',
  payKey: 'bench-pay',
  webhookSecret: 'whsec_YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaA==',
  controlToken: 'bench-control',
  metricsToken: 'bench-metrics',
};

export const masterKeys = `bench:${Buffer.alloc(32, 1).toString('base64')}`;
