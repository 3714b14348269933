// What this process and the one that measures say to one another: lines.
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export const tell = (figures) => console.log(JSON.stringify(figures));

export const ready = () => console.log('ready');

// A line from the other side: to begin, or to end.
export const go = () => lines.next();
