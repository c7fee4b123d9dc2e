'use strict';

/*
 * The addresses of nodes, as people type them, and the names that nodes give themselves. Knows
 * nothing of the page.
 */
window.Carillon = window.Carillon || {};

(() => {
  /** How long the question for a node's name may take, in milliseconds. */
  const PATIENCE = 3000;

  const withScheme = (text) =>
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${location.protocol === 'https:' ? 'wss' : 'ws'}://${text}`;

  /** The address as it is shown; null for what is no address of a WebSocket server. */
  const addressOf = (text) => {
    try {
      const url = new URL(withScheme(text));
      const known = ['ws:', 'wss:'].includes(url.protocol) && url.hostname && !url.username && !url.password;
      url.hash = '';
      return known ? url.href.replace(/\/$/, '') : null;
    } catch {
      return null;
    }
  };

  /** The addresses in what somebody typed, by commas or spaces; none where one of them is none. */
  const addressesIn = (text) => {
    const addresses = text.split(/[\s,]+/).filter(Boolean).map(addressOf);
    return addresses.includes(null) ? [] : addresses;
  };

  /** The address with something else where its token is; without one where that is nothing. */
  const withoutToken = (address, instead) => {
    const url = new URL(address);
    const parts = url.search.slice(1).split('&').filter(Boolean);
    const kept = parts.flatMap((part) => (part.startsWith('token=') ? (instead ? [`token=${instead}`] : []) : [part]));
    url.search = '';
    return url.href.replace(/\/$/, '') + (kept.length ? `?${kept.join('&')}` : '');
  };

  /** The name that is told at this address; null for none. */
  const nameAt = async (address) => {
    try {
      const options = { signal: AbortSignal.timeout(PATIENCE), credentials: 'omit', cache: 'no-store' };
      const answer = await fetch(address, options);
      const { node } = await answer.json();
      return answer.ok && typeof node === 'string' && node.trim() ? node : null;
    } catch {
      return null;
    }
  };

  /**
   * The name that a node gives itself; null for a server that has none, or isn't there. A path may be
   * the node's prefix, or any path that clients connect to.
   */
  const nodeAt = async (address) => {
    const url = new URL(address);
    const host = `${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`;
    const path = url.pathname.replace(/\/$/, '');
    const below = path ? await nameAt(`${host}${path}/node`) : null;
    return below || nameAt(`${host}/node`);
  };

  Object.assign(window.Carillon, { addressOf, addressesIn, withoutToken, nodeAt });
})();
