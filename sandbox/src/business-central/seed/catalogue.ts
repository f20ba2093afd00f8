/** What the demonstration company sells: 16 lines with five versions each, prices in local currency. */
export interface CatalogueItem {
  readonly number: string;
  readonly displayName: string;
  readonly category: string;
  readonly type: 'Inventory' | 'Service';
  readonly unit: string;
  readonly unitPrice: number;
  readonly unitCost: number;
}

type Line = readonly [
  category: string,
  unit: string,
  name: string,
  versions: readonly string[],
  price: number,
  step: number
];

// One line of goods a row, as a table.
// prettier-ignore
const LINES: readonly Line[] = [
  ['COMPUTER', 'PCS', 'Laptop 14"', ['8 GB', '16 GB', '32 GB', '64 GB', 'rugged'], 749, 230],
  ['COMPUTER', 'PCS', 'Desktop mini', ['i3', 'i5', 'i7', 'i9', 'workstation'], 489, 260],
  ['COMPUTER', 'PCS', 'Tablet 11"', ['64 GB', '128 GB', '256 GB', '512 GB', 'field kit'], 329, 110],
  ['DISPLAY', 'PCS', 'Monitor', ['22"', '24"', '27"', '32"', '34" curved'], 139, 95],
  ['DISPLAY', 'PCS', 'Meeting room screen', ['43"', '55"', '65"', '75"', '86"'], 599, 540],
  ['DISPLAY', 'PCS', 'Projector', ['HD', 'Full HD', '4K', 'short throw', 'laser'], 419, 310],
  ['NETWORK', 'PCS', 'Switch', ['5 port', '8 port', '16 port', '24 port', '48 port'], 49, 160],
  ['NETWORK', 'PCS', 'Access point', ['Wi-Fi 5', 'Wi-Fi 6', 'Wi-Fi 6E', 'Wi-Fi 7', 'outdoor'], 119, 70],
  ['NETWORK', 'BOX', 'Patch cable set', ['1 m', '2 m', '5 m', '10 m', '20 m'], 19, 9],
  ['ACCESSORY', 'PCS', 'Headset', ['mono', 'stereo', 'wireless', 'noise cancelling', 'DECT'], 39, 45],
  ['ACCESSORY', 'PCS', 'Docking station', ['USB-C', 'USB-C dual', 'Thunderbolt', 'universal', 'desk'], 129, 55],
  ['ACCESSORY', 'PCS', 'Keyboard and mouse', ['wired', 'wireless', 'ergonomic', 'compact', 'silent'], 29, 22],
  ['FURNITURE', 'PCS', 'Desk', ['120 cm', '140 cm', '160 cm', '180 cm', 'corner'], 289, 75],
  ['FURNITURE', 'PCS', 'Office chair', ['basic', 'mesh', 'executive', 'ergonomic', '24 hours'], 149, 120],
  ['FURNITURE', 'PCS', 'Cabinet', ['2 drawers', '3 drawers', '4 drawers', 'roller door', 'fireproof'], 119, 105],
  ['SERVICE', 'HOUR', 'Consulting', ['installation', 'training', 'migration', 'architecture', 'on call'], 95, 25]
];

const MARGIN = 0.62;

/** 80 items, numbered 1000 and on. */
export const catalogue: readonly CatalogueItem[] = LINES.flatMap(
  ([category, unit, name, versions, price, step], line) =>
    versions.map((version, index): CatalogueItem => {
      const unitPrice = price + index * step;
      return {
        number: String(1000 + line * versions.length + index),
        displayName: `${name}, ${version}`,
        category,
        type: category === 'SERVICE' ? 'Service' : 'Inventory',
        unit,
        unitPrice,
        unitCost: Math.round(unitPrice * MARGIN * 100) / 100
      };
    })
);
