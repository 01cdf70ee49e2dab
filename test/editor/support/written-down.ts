/**
 * A function for the page of the editor, in JavaScript: whether what the editor keeps of its tabs in the
 * browser's storage has these names.
 */
export const tabsAreWrittenDown = `async (names) => {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-')) continue;
    const database = await done(indexedDB.open(name));
    try {
      if (!database.objectStoreNames.contains('ItemTable')) continue;
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      const kept = await done(items.get('memento/workbench.parts.editor'));
      if (typeof kept === 'string' && names.every((each) => kept.includes(each))) return true;
    } finally {
      database.close();
    }
  }
  return false;
}`;
