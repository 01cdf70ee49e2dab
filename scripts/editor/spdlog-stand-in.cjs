'use strict';
// Stands in for @vscode/spdlog, which is compiled and so not there: the same calls, written to a
// plain file at once. Without it the editor's output channels and logs stay empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const off = levels.length;

class Logger {
  #file;
  #level = 0;
  #plain = false;

  constructor(_kind, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#append('');
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = Math.min(level, off);
  }
  /** The editor formats its own lines, and asks for them as they are. */
  clearFormatters() {
    this.#plain = true;
  }
  setPattern() {
    this.#plain = false;
  }
  flush() {}
  drop() {}

  #write(level, message) {
    if (level < this.#level) return;
    if (this.#plain) return this.#append(message);
    const time = new Date().toISOString().slice(0, 23).replace('T', ' ');
    this.#append(`${time} [${levels[level]}] ${message}\n`);
  }

  /** A log that cannot be written, on a full disk or after a clean-up, ends nothing. */
  #append(text) {
    try {
      appendFileSync(this.#file, text);
    } catch {}
  }
}

const create = (name, file) => Promise.resolve(new Logger('rotating', name, file));

// One by one: the editor imports this file as a module, and Node finds the names by their form.
exports.version = 1000;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.Logger = Logger;
