'use strict';

/*
 * The Topics tab: two clients, and the strip that shows the last message that crossed.
 */
(() => {
  const { Crossings, Pane, addressesIn, inMillis, registerTab } = window.Carillon;

  registerTab('topics', (view, { clients, memory, usual }) => {
    const strip = view.querySelector('.crossing');
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
    clients.forEach(({ number, name, asked }) => {
      const pane = new Pane(number, { crossings, memory, showCrossing, showNode });
      view.querySelector('.panes').append(pane.element);
      const usable = addressesIn(asked);
      if (asked && !usable.length) {
        pane.say(`Not used, since it is no ws:// or wss:// URL: ${asked}`);
      }
      pane.prefill(usable.join(' ') || pane.remembered() || usual, name);
    });
  });
})();
