'use strict';

/*
 * The Pusher tab: two clients with pusher-js in one channel. It loads pusher-js when the tab is opened,
 * since the library takes a while on slow lines.
 */
(() => {
  const { Crossings, PusherPane, addressesIn, registerTab } = window.Carillon;

  registerTab('pusher', (view, { clients, usual }) => {
    const { key } = view.dataset;
    const list = view.querySelector('.panes');
    const panes = [];
    const changed = () => panes.forEach((pane) => panes.forEach((other) => pane === other || pane.compare(other)));
    const library = document.createElement('script');
    library.src = 'pusher-8.6.0.min.js';
    library.onerror = () => (list.textContent = 'pusher-js could not be loaded; reload the page to try again.');
    library.onload = () => {
      const crossings = new Crossings();
      clients.forEach(({ number, name, asked }) => {
        const pane = new PusherPane(number, { key, crossings, changed });
        panes.push(pane);
        list.append(pane.element);
        const [address] = addressesIn(asked);
        pane.prefill(address || usual, name);
      });
    };
    document.head.append(library);
  });
})();
