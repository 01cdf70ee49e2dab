// Pictures of windows as small PNG files: cut to a part, and drawn with at most 256 colours.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_COLOURS = 256;

/**
 * What a browser's screenshot holds: 8 bits a channel, not interlaced, with or without alpha (which a
 * window does not use); and what `encodePng` makes of it.
 */
export function decodePng(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('this is no PNG');
  const data = [];
  let head = null;
  let palette = null;
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') head = body;
    if (type === 'PLTE') palette = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [depth, colours, , , interlaced] = head.subarray(8);
  const channels = { 2: 3, 3: 1, 6: 4 }[colours];
  if (depth !== 8 || channels === undefined || interlaced !== 0) {
    throw new Error('only PNG of 8 bits are read, as browsers write them');
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++) {
    const of = palette ?? rows;
    const from = palette === null ? at * channels : rows[at] * 3;
    pixels[at] = (of[from] << 16) | (of[from + 1] << 8) | of[from + 2];
  }
  return { width, height, pixels };
}

/** The part of a picture; what lies outside of it is left out. */
export function cut(picture, { x = 0, y = 0, width = picture.width, height = picture.height }) {
  const [wide, high] = [Math.min(width, picture.width - x), Math.min(height, picture.height - y)];
  const pixels = new Uint32Array(wide * high);
  for (let row = 0; row < high; row++) {
    const from = (y + row) * picture.width + x;
    pixels.set(picture.pixels.subarray(from, from + wide), row * wide);
  }
  return { width: wide, height: high, pixels };
}

/** One byte a pixel and a table of colours, the largest compression there is. */
export function encodePng({ width, height, pixels }) {
  const { palette, indexOf } = quantise(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      rows[row * (width + 1) + 1 + column] = indexOf.get(pixels[row * width + column]);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function unfilter(raw, stride, height, channels) {
  const rows = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < channels ? 0 : rows[at - channels];
      const up = row === 0 ? 0 : rows[at - stride];
      const corner = row === 0 || column < channels ? 0 : rows[at - stride - channels];
      rows[at] = raw[row * (stride + 1) + 1 + column] + guessed(filter, left, up, corner);
    }
  }
  return rows;
}

function guessed(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/**
 * Median cut: the set of colours whose widest channel spreads most, counted by its pixels, is divided in
 * two until there are enough; each set is drawn in its most frequent colour, so that large areas keep theirs.
 */
function quantise(pixels) {
  const counts = new Map();
  for (const rgb of pixels) counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
  const sets = [measured([...counts])];
  while (sets.length < MOST_COLOURS) {
    const widest = sets.reduce((best, each) => (each.weight > best.weight ? each : best));
    if (widest.weight === 0) break;
    sets.splice(sets.indexOf(widest), 1, ...divided(widest));
  }
  const indexOf = new Map();
  const palette = sets.map(({ colours }, index) => {
    for (const [rgb] of colours) indexOf.set(rgb, index);
    return colours.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
  });
  return { palette, indexOf };
}

const SHIFTS = [16, 8, 0];

function measured(colours) {
  const spreads = SHIFTS.map((shift) => {
    const values = colours.map(([rgb]) => (rgb >> shift) & 255);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  });
  const spread = Math.max(...spreads);
  const pixels = colours.reduce((sum, [, count]) => sum + count, 0);
  // By its root, so that a background does not take all colours from what is small.
  const weight = colours.length < 2 ? 0 : spread * Math.sqrt(pixels);
  return { colours, weight, shift: SHIFTS[spreads.indexOf(spread)] };
}

/** In two at the middle of its spread: a background and its text part first. */
function divided({ colours, shift }) {
  const value = ([rgb]) => (rgb >> shift) & 255;
  const values = colours.map(value);
  const middle =
    (values.reduce((a, b) => Math.max(a, b)) + values.reduce((a, b) => Math.min(a, b))) / 2;
  return [
    measured(colours.filter((each) => value(each) <= middle)),
    measured(colours.filter((each) => value(each) > middle)),
  ];
}
