'use strict';

/*
 * Opens the page: tells each tab of its two clients, their names and first addresses. Nothing is
 * contacted before somebody joins.
 */
(() => {
  const { Tabs, addressOf } = window.Carillon;
  const NAMES = ['Alice', 'Bob'];

  /** What is remembered between visits; some browsers forbid it, to files for instance. */
  const memory = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Then it is typed again.
      }
    },
  };

  /** Where a node has served this page, that node; elsewhere the usual one. */
  const usual =
    document.documentElement.dataset.served === 'by-a-node'
      ? addressOf(location.host + new URL('.', location.href).pathname)
      : 'ws://localhost:8080';

  /** What the page's own address asks for: ?nodes=ws://one,ws://other. */
  const asked = (new URLSearchParams(location.search).get('nodes') || '').split(',');
  const clients = NAMES.map((name, index) => ({ number: index + 1, name, asked: (asked[index] || '').trim() }));

  new Tabs(document.querySelector('.tabs'), { clients, memory, usual }).show();
})();
