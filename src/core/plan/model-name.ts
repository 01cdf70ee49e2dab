/** What may stand in a URL, in a log and on a card. */
export const modelNameForm = /^[A-Za-z0-9][\w.:@/-]{0,99}$/;

export const isModelName = (text: string): boolean => modelNameForm.test(text);
