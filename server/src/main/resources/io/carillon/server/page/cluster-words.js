'use strict';

/*
 * A node's answer about its cluster, in words. Knows nothing of the page.
 */
window.Carillon = window.Carillon || {};

(() => {
  /** A node that beats once a second is late after this time, in milliseconds. */
  const LATE = 2000;

  const counted = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

  const ago = (millis) => {
    const seconds = millis / 1000;
    if (seconds < 10) {
      return `${seconds.toFixed(1)} s`;
    }
    return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  };

  /** Of a node that lives: what it says of itself, or that it is late. */
  const stateOf = (node) => (node.heard_ms_ago > LATE ? 'silent' : node.phase);

  const node = (seen, state, isSelf) => ({
    label: seen.label,
    state,
    isSelf,
    start: `${seen.incarnation}, version ${seen.version}`,
    heard: seen.heard_ms_ago,
    slice: seen.slice,
  });

  /** All nodes of an answer: this one, those that live, those that are not understood, those that are gone. */
  const nodesOf = (answer) => [
    node(answer.self, answer.alone ? answer.self.phase : stateOf(answer.self), true),
    ...answer.peers.map((peer) => node(peer, stateOf(peer), false)),
    ...answer.incompatible.map((other) => node(other, 'not understood', false)),
    ...answer.gone.map((other) => node(other, 'gone', false)),
  ];

  /** When the last heartbeat of a node has come, for people; a node alone sends none. */
  const heardText = ({ heard, isSelf }, alone) => {
    if (alone) {
      return '';
    }
    return `${isSelf ? 'heard itself' : 'heard'} ${ago(heard)} ago`;
  };

  /** How much a node holds; nothing where that is not told. */
  const holdsText = ({ slice }) => {
    if (!slice) {
      return '';
    }
    const isEmpty = slice.channels + slice.subscriptions + slice.members === 0;
    const parts = isEmpty
      ? ['nothing that is counted']
      : [
          counted(slice.channels, 'channel', 'channels'),
          counted(slice.subscriptions, 'subscription', 'subscriptions'),
          counted(slice.members, 'member', 'members'),
        ];
    if (!slice.complete) {
      parts.push('known in part');
    }
    if (slice.lag > 0) {
      parts.push(`${counted(slice.lag, 'change', 'changes')} behind`);
    }
    return parts.join(', ');
  };

  /** The cluster in one sentence; it changes only when something has happened. */
  const summary = (answer, nodes) => {
    if (answer.alone) {
      return 'One node, no broker: every client is here.';
    }
    const live = nodes.filter(({ state }) => state !== 'gone' && state !== 'not understood');
    const others = nodes.filter((one) => !live.includes(one));
    const states = [...live, ...others].map(({ state }) => state);
    const kinds = [...new Set(states)].map((state) => `${states.filter((one) => one === state).length} ${state}`);
    const allReady = states.every((state) => state === 'ready');
    const said = `${counted(live.length, 'node', 'nodes')}, as ${answer.self.label} sees it: `;
    const old = answer.view_age_ms > LATE ? `. ${answer.self.label} does not hear all of them just now` : '';
    return `${said}${allReady ? (live.length === 1 ? 'ready' : 'all ready') : kinds.join(', ')}${old}.`;
  };

  Object.assign(window.Carillon, { clusterWords: { nodesOf, heardText, holdsText, summary } });
})();
