import { loadSync } from '@grpc/proto-loader';
import { describe, expect, it } from 'vitest';
import { fieldNames } from '../../../../plugin/src/connectors/salesforce/pub-sub/bitmaps.js';
import type { AvroRecord } from '../../../../plugin/src/connectors/salesforce/pub-sub/bitmaps.js';
import { bitmap } from '../../../../sandbox/src/salesforce/pubsub/bitmap.js';

interface Message {
  type: { name: string; field: { name: string; number: number; type: string; label: string }[] };
}

/** Message → field → number and type, as they go over the wire. */
function messages(file: string): Record<string, string[]> {
  const entries = Object.entries(loadSync(file) as unknown as Record<string, Message>);
  return Object.fromEntries(
    entries
      .filter(([, { type }]) => Array.isArray(type?.field))
      .map(([name, { type }]) => [
        name,
        type.field.map((each) => `${each.number} ${each.name} ${each.type} ${each.label}`)
      ])
  );
}

describe('the protocol', () => {
  it('is the same at both ends, and that of the service', () => {
    const ours = messages('plugin/schemas/pubsub.proto');
    expect(ours).toEqual(messages('sandbox/proto/pubsub.proto'));
    // Pub/Sub API guide, "Subscribe RPC Method".
    expect(ours['eventbus.v1.FetchRequest']).toEqual([
      '1 topicName TYPE_STRING LABEL_OPTIONAL',
      '2 replayPreset TYPE_ENUM LABEL_OPTIONAL',
      '3 replayId TYPE_BYTES LABEL_OPTIONAL',
      '4 numRequested TYPE_INT32 LABEL_OPTIONAL'
    ]);
    expect(ours['eventbus.v1.FetchResponse']?.map((field) => field.split(' ').slice(0, 2).join(' '))).toEqual([
      '1 events',
      '2 latestReplayId',
      '3 rpcId',
      '4 pendingNumRequested'
    ]);
  });
});

describe('bitmaps', () => {
  const address: AvroRecord = {
    type: 'record',
    name: 'Address',
    fields: ['Street', 'City'].map((name) => ({ name, type: 'string' }))
  };
  const schema: AvroRecord = {
    type: 'record',
    name: 'X',
    fields: [
      { name: 'ChangeEventHeader', type: { type: 'record', name: 'ChangeEventHeader', fields: [] } },
      { name: 'Name', type: ['null', 'string'] },
      { name: 'StageName', type: ['null', 'string'] },
      { name: 'LastModifiedDate', type: ['null', 'long'] },
      { name: 'BillingAddress', type: ['null', address] },
      { name: 'ShippingAddress', type: ['null', 'Address'] }
    ]
  };

  it.each<[string[], string[]]>([
    [[], []],
    [['0x0C'], ['StageName', 'LastModifiedDate']],
    [
      ['0x0A', '4-0x02'],
      ['Name', 'LastModifiedDate', 'BillingAddress.City']
    ],
    [['5-0x01'], ['ShippingAddress.Street']],
    [['1-0x01'], ['Name']],
    [['nonsense'], []]
  ])('%j mean %j', (bits, names) => {
    expect(fieldNames(bits, schema)).toEqual(names);
  });

  it.each([
    [[0], '0x01'],
    [[2, 3], '0x0C'],
    [[8], '0x0100'],
    [[70], `0x40${'00'.repeat(8)}`]
  ])('of %j are %s', (places, text) => {
    expect(bitmap(places)).toBe(text);
  });
});
