// Drives the libraries for a test: reads calls as lines of JSON, {"id":1,"op":"connect","args":{...}}, and
// answers each with a line, {"id":1,"result":...} or {"id":1,"error":"..."}. It ends with its standard input.
//
//   APP='{"id":"app","key":"key","secret":"secret","port":6001,"masterKey":"..."}' node host.js

'use strict';

const readline = require('node:readline');
const Pusher = require('pusher-js');
const { Backend } = require('./backend');
const { Clients } = require('./clients');

globalThis.WebSocket = require('ws');

const app = JSON.parse(process.env.APP);
const backend = new Backend(app);
const clients = new Clients(Pusher, app.key);
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function serve(line) {
  const { id, op, args } = JSON.parse(line);
  try {
    const owner = [clients, backend].find((one) => typeof one[op] === 'function');
    const result = await owner[op](args);
    print({ id, result: result === undefined ? null : result });
  } catch (error) {
    print({ id, error: String(error) });
  }
}

const lines = readline.createInterface({ input: process.stdin });
backend.listen().then((port) => {
  print({ port });
  lines.on('line', serve);
});
lines.on('close', () => process.exit());
