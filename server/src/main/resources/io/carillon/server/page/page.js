'use strict';

/*
 * Puts the page together: two clients, their first addresses, and the strip that shows the last
 * message that crossed. Nothing is contacted before somebody joins.
 */
(() => {
  const { Crossings, Pane, addressOf, addressesIn, inMillis } = window.Carillon;
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
    document.documentElement.dataset.served === 'by-a-node' ? addressOf(location.host) : 'ws://localhost:8080';

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
    document.querySelector('.panes').append(pane.element);
    const wish = (asked[index] || '').trim();
    const usable = addressesIn(wish);
    if (wish && !usable.length) {
      pane.say(`Not used, since it is no ws:// or wss:// URL: ${wish}`);
    }
    pane.prefill(usable.join(' ') || pane.remembered() || usual(), name);
  });
})();
