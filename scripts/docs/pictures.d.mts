export interface Picture {
  readonly image: string;
  readonly test: string;
  readonly theme: 'dark' | 'light' | 'hc';
  readonly shot: string;
}
export const pictures: readonly Picture[];
