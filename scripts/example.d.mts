/** Into a folder that does not exist yet, with a history of its own. */
export function copyExample(target: string): void;
