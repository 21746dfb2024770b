/** Word lists from which names of companies, streets and goods are put together; all invented. */

import type { Ids } from '../../base/ids.ts';

const adjectives =
  'Amber Blue Bright Cedar Clear Copper Coral Crimson Eastern Emerald Fair Golden Granite Green Grand Harbor High Indigo Ivory Lunar Maple Marble Midland Misty Noble Northern Oak Orchid Pine Prime Quiet Rapid Red River Royal Sandy Scarlet Silent Silver Solar Southern Spring Stone Sunny Swift Tidal Twin Upper Velvet Violet Western White Wild Winter Yellow'.split(
    ' ',
  );
const nouns =
  'Anchor Arbor Arch Bay Beacon Bridge Brook Canyon Cliff Compass Cove Crest Delta Dune Falls Field Forge Fountain Gate Glade Grove Haven Hill Horizon Island Junction Lagoon Lake Lantern Ledge Meadow Mesa Mill Moor Orchard Peak Pier Plaza Point Pond Quarry Reef Ridge Shore Summit Terrace Valley Vista Wharf Willow Yard'.split(
    ' ',
  );
const trades =
  'Appliances Bakeries Bicycles Cameras Ceramics Chemicals Components Dairy Electronics Fabrics Flooring Foods Furniture Glass Hardware Instruments Lighting Logistics Machinery Materials Motors Optics Packaging Paints Paper Plastics Pumps Robotics Seeds Shipping Sports Steel Supplies Systems Textiles Tools Toys Trading Valves Wines'.split(
    ' ',
  );

/** A random entry of a list. */
export function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], ids: Ids): Item {
  return items[Math.floor(ids.random() * items.length)] as Item;
}

/** `Amber Harbor Trading`. */
export function companyName(ids: Ids): string {
  return `${pick(adjectives, ids)} ${pick(nouns, ids)} ${pick(trades, ids)}`;
}

/** `Harbor Ridge`. */
export function placeName(ids: Ids): string {
  return `${pick(adjectives, ids)} ${pick(nouns, ids)}`;
}

/** A trade, as a topic or a product family. */
export function tradeName(ids: Ids): string {
  return pick(trades, ids);
}

/** `117 Cedar Street`. */
export function streetName(ids: Ids): string {
  return `${1 + Math.floor(ids.random() * 999)} ${pick(nouns, ids)} Street`;
}

export interface SampleRegion {
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly zipPrefix: string;
  readonly timeZone: string;
}

/** A few regions for addresses. */
export const regionsUs: readonly SampleRegion[] = [
  { country: 'USA', state: 'WA', city: 'Redmond', zipPrefix: '980', timeZone: 'GMTMINUS0800PACIFICTIME' },
  { country: 'USA', state: 'OR', city: 'Portland', zipPrefix: '972', timeZone: 'GMTMINUS0800PACIFICTIME' },
  { country: 'USA', state: 'CO', city: 'Denver', zipPrefix: '802', timeZone: 'GMTMINUS0700MOUNTAINTIME' },
  { country: 'USA', state: 'IL', city: 'Chicago', zipPrefix: '606', timeZone: 'GMTMINUS0600CENTRALTIME' },
  { country: 'USA', state: 'GA', city: 'Atlanta', zipPrefix: '303', timeZone: 'GMTMINUS0500EASTERNTIME' },
  { country: 'USA', state: 'MA', city: 'Boston', zipPrefix: '021', timeZone: 'GMTMINUS0500EASTERNTIME' },
];

/** Regions for the German company. */
export const regionsDe: readonly SampleRegion[] = [
  { country: 'DEU', state: '', city: 'Berlin', zipPrefix: '101', timeZone: 'GMTPLUS0100_AMSTERDAM_BERLIN_BERN_ROME' },
  { country: 'DEU', state: '', city: 'Hamburg', zipPrefix: '204', timeZone: 'GMTPLUS0100_AMSTERDAM_BERLIN_BERN_ROME' },
  { country: 'DEU', state: '', city: 'Bremen', zipPrefix: '281', timeZone: 'GMTPLUS0100_AMSTERDAM_BERLIN_BERN_ROME' },
  { country: 'DEU', state: '', city: 'Leipzig', zipPrefix: '041', timeZone: 'GMTPLUS0100_AMSTERDAM_BERLIN_BERN_ROME' },
];

/** `98052`. */
export function zipCode(region: SampleRegion, ids: Ids): string {
  return region.zipPrefix + String(Math.floor(ids.random() * 100)).padStart(2, '0');
}

/** `425-555-0142`: within the numbers reserved for fiction. */
export function phoneNumber(ids: Ids): string {
  return `${200 + Math.floor(ids.random() * 700)}-555-01${String(Math.floor(ids.random() * 100)).padStart(2, '0')}`;
}

/** `amber-harbor-trading`, for mail and web addresses. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
