import {
  Disposable,
  FilePermission,
  FileSystemError,
  FileType,
  type Event,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';
import { readDocumentUri } from './document-uri.ts';

/** Gives the bytes of a document; throws where there is none. */
export type ReadDocument = (uri: Uri) => Promise<Uint8Array>;

/**
 * Files of runs as the editor opens them: read-only, in any encoding, never changing, as what they
 * show is named by the hash of its content.
 */
export class RunFileSystem implements FileSystemProvider {
  readonly #read: ReadDocument;

  constructor(read: ReadDocument) {
    this.#read = read;
  }

  readonly onDidChangeFile: Event<FileChangeEvent[]> = () => new Disposable(() => undefined);

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { length } = await this.readFile(uri);
    return {
      ...{ type: FileType.File, ctime: 0, mtime: 0, size: length },
      permissions: FilePermission.Readonly,
    };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    if (readDocumentUri(uri) === null) throw FileSystemError.FileNotFound(uri);
    try {
      return await this.#read(uri);
    } catch (error) {
      throw FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }

  readDirectory(uri: Uri): never {
    throw FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }
}
