export interface Picture {
  readonly file: string;
  readonly test: string;
  readonly theme: 'dark' | 'light' | 'hc';
  readonly shot: string;
}
export const pictures: readonly Picture[];
