import type { Inbound, InboundPort } from '../../sync/index.js';

/** Taking in records of Business Central: nothing is asked there, so nothing is to be answered. */
export const inboundFor = (port: InboundPort): Inbound => ({
  port,
  unknownReference: 'issue',
  onAccepted: {},
  acceptedAs: '',
  declineReason: '',
  howToAnswer: { deal: '', lead: '' }
});
