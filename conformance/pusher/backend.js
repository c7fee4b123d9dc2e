// The backend of an application, made with pusher-http-node: it tells who may subscribe, and publishes.
// It serves a page to browsers, too, in which clients.js is driven.

'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const Pusher = require('pusher');

const LIBRARIES = path.join(__dirname, 'node_modules');

const FILES = {
  '/': [path.join(__dirname, 'page.html'), 'text/html'],
  '/clients.js': [path.join(__dirname, 'clients.js'), 'text/javascript'],
  '/pusher.js': [path.join(LIBRARIES, 'pusher-js/dist/web/pusher-with-encryption.js'), 'text/javascript'],
  '/echo.js': [path.join(LIBRARIES, 'laravel-echo/dist/echo.iife.js'), 'text/javascript'],
  '/echo.mjs': [path.join(LIBRARIES, 'laravel-echo/dist/echo.js'), 'text/javascript'],
  '/favicon.ico': [path.join(__dirname, 'clients.js'), 'text/javascript'],
};

class Backend {
  constructor(app) {
    this.app = app;
    this.server = http.createServer((request, response) => this.answer(request, response));
  }

  listen() {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => resolve(this.server.address().port));
    });
  }

  /** pusher-http-node, as an application makes it. */
  pusher({ secret, port } = {}) {
    return new Pusher({
      appId: this.app.id,
      key: this.app.key,
      secret: secret || this.app.secret,
      host: '127.0.0.1',
      port: port || this.app.port,
      useTLS: false,
      encryptionMasterKeyBase64: this.app.masterKey,
    });
  }

  // Who may subscribe ---------------------------------------------------------------------------

  answer(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      switch (request.url) {
        case '/pusher/auth':
        case '/broadcasting/auth':
          return this.json(response, this.channelAuthorization(request.headers, form));
        case '/pusher/user-auth':
        case '/broadcasting/user-auth':
          return this.json(response, this.userAuthentication(request.headers, form));
        default:
          return this.file(response, request.url);
      }
    });
  }

  json(response, object) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(object));
  }

  file(response, url) {
    const [file, type] = FILES[url] || [];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': type });
    fs.createReadStream(file).pipe(response);
  }

  /** Somebody called forger knows everything but the secret. */
  signer(headers) {
    return this.pusher(headers['x-user'] === 'forger' ? { secret: 'a guess' } : {});
  }

  /** Somebody called 10 is the number 10, and somebody called silent says nothing of himself. */
  channelAuthorization(headers, form) {
    const user = headers['x-user'] || '';
    const channel = form.get('channel_name');
    const told = channel.startsWith('presence-') && user !== 'silent';
    const id = /^\d+$/.test(user) ? Number(user) : user;
    const data = told ? { user_id: id, user_info: { name: `${user} the user` } } : undefined;
    return this.signer(headers).authorizeChannel(form.get('socket_id'), channel, data);
  }

  userAuthentication(headers, form) {
    const data = { id: headers['x-user'], user_info: { name: `${headers['x-user']} the user` } };
    if (headers['x-watchlist']) {
      data.watchlist = headers['x-watchlist'].split(',');
    }
    return this.signer(headers).authenticateUser(form.get('socket_id'), data);
  }

  // What it publishes and asks ------------------------------------------------------------------

  async reply(request) {
    try {
      const response = await request();
      return { status: response.status, body: await response.text() };
    } catch (error) {
      if (!error.status) {
        throw error;
      }
      return { status: error.status, body: error.body };
    }
  }

  publish({ channels, event, data, parameters, ...at }) {
    return this.reply(() => this.pusher(at).trigger(channels, event, data, parameters));
  }

  publishBatch({ batch, ...at }) {
    return this.reply(() => this.pusher(at).triggerBatch(batch));
  }

  sendToUser({ user, event, data, ...at }) {
    return this.reply(() => this.pusher(at).sendToUser(user, event, data));
  }

  terminate({ user, ...at }) {
    return this.reply(() => this.pusher(at).terminateUserConnections(user));
  }

  get({ path: asked, parameters, ...at }) {
    return this.reply(() => this.pusher(at).get({ path: asked, params: parameters }));
  }
}

module.exports = { Backend };
