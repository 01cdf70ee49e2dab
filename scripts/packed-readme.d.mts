export function packedReadme(text: string, folder: string): string;
