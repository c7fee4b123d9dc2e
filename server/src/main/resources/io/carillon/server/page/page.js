'use strict';

/*
 * Puts the page together: two clients, their first addresses, and the strip that shows the last
 * message that crossed; two more with pusher-js, where the node lets visitors try that. Nothing is
 * contacted before somebody joins.
 */
(() => {
  const { Crossings, Pane, PusherPane, Tabs, addressOf, addressesIn, inMillis } = window.Carillon;
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
  const usual = () =>
    document.documentElement.dataset.served === 'by-a-node'
      ? addressOf(location.host + new URL('.', location.href).pathname)
      : 'ws://localhost:8080';

  /** What the page's own address asks for: ?nodes=ws://one,ws://other. */
  const asked = (new URLSearchParams(location.search).get('nodes') || '').split(',').slice(0, NAMES.length);

  const strip = document.querySelector('.crossing');
  const told = strip.querySelector('.told');

  const showCrossing = ({ from, to, millis, text }) => {
    if (from === to) {
      return;
    }
    const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
    told.textContent = `“${short}” went from ${from.node} to ${to.node} in ${inMillis(millis)}`;
    strip.dataset.to = to.number;
    strip.classList.remove('moving');
    void strip.offsetWidth; // So that the animation starts anew.
    strip.classList.add('moving');
  };

  const showNode = ({ number, node }) => {
    strip.querySelector(`[data-end="${number}"]`).textContent = node;
  };

  const crossings = new Crossings();
  NAMES.forEach((name, index) => {
    const pane = new Pane(index + 1, { crossings, memory, showCrossing, showNode });
    document.querySelector('#view-topics .panes').append(pane.element);
    const wish = (asked[index] || '').trim();
    const usable = addressesIn(wish);
    if (wish && !usable.length) {
      pane.say(`Not used, since it is no ws:// or wss:// URL: ${wish}`);
    }
    pane.prefill(usable.join(' ') || pane.remembered() || usual(), name);
  });

  /** The app's key, where the node has one for visitors. */
  const { pusherKey } = document.documentElement.dataset;

  /** Loads pusher-js, which takes a while on slow lines, and needs it only when somebody looks. */
  const openPusher = () => {
    const panes = [];
    const view = document.querySelector('#view-pusher .panes');
    const library = document.createElement('script');
    library.src = 'pusher-8.6.0.min.js';
    library.onerror = () => (view.textContent = 'pusher-js could not be loaded; reload the page to try again.');
    library.onload = () => {
      const changed = () => panes.forEach((pane) => panes.forEach((other) => pane === other || pane.compare(other)));
      const between = new Crossings();
      NAMES.forEach((name, index) => {
        const pane = new PusherPane(index + 1, { key: pusherKey, crossings: between, changed });
        panes.push(pane);
        view.append(pane.element);
        const [address] = addressesIn((asked[index] || '').trim());
        pane.prefill(address || usual(), name);
      });
    };
    document.head.append(library);
  };

  if (pusherKey) {
    new Tabs(document.querySelector('.tabs'), { 'tab-pusher': openPusher }).show();
  }
})();
