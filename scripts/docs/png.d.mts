export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each, as 0xRRGGBB. */
  readonly pixels: Uint32Array;
}
export interface Part {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}
export function decodePng(file: Buffer): Pixels;
export function cut(picture: Pixels, part: Part): Pixels;
export function encodePng(picture: Pixels): Buffer;
