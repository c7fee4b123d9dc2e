'use strict';

/*
 * The map of the cluster below the tabs. It asks the node that has served the page every two seconds,
 * while somebody sees the page; a page that no such node has served has no map.
 */
(() => {
  const { clusterWords, drawCluster } = window.Carillon;
  const INTERVAL = 2000;

  /** How long the answer may take, in milliseconds. */
  const PATIENCE = 3000;

  const cell = (...content) => {
    const made = document.createElement('td');
    made.append(...content);
    return made;
  };

  const small = (text) => {
    const made = document.createElement('span');
    made.className = 'cluster-start';
    made.textContent = text;
    return made;
  };

  const rowOf = (node, answer) => {
    const row = document.createElement('tr');
    row.dataset.state = node.state;
    const name = document.createElement('th');
    name.scope = 'row';
    name.append(node.label, ...(node.isSelf ? [small('this node')] : []), small(node.start));
    const state = document.createElement('span');
    state.className = 'cluster-state';
    state.textContent = node.state;
    row.append(name, cell(state, small(clusterWords.heardText(node, answer.alone))));
    if (answer.self.slice) {
      row.append(cell(clusterWords.holdsText(node)));
    }
    return row;
  };

  class ClusterMap {
    #section;
    #url;
    #timer = 0;
    #isAsking = false;
    #label = '';

    constructor(section, url) {
      this.#section = section;
      this.#url = url;
      document.addEventListener('visibilitychange', () => this.#follow());
    }

    /** Begins to ask. */
    show() {
      this.#follow();
    }

    #follow() {
      clearTimeout(this.#timer);
      if (!document.hidden && !this.#isAsking) {
        this.#ask();
      }
    }

    async #ask() {
      this.#isAsking = true;
      const goesOn = await this.#refresh();
      this.#isAsking = false;
      if (goesOn && !document.hidden) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#follow(), INTERVAL);
      }
    }

    /** Returns whether it is worth asking again; a server that shows no cluster never will. */
    async #refresh() {
      try {
        const options = { signal: AbortSignal.timeout(PATIENCE), cache: 'no-store', credentials: 'same-origin' };
        const reply = await fetch(this.#url, options);
        if (reply.status >= 400 && reply.status < 500) {
          this.#section.hidden = true;
          return false;
        }
        this.#fill(await reply.json());
      } catch {
        this.#miss();
      }
      return true;
    }

    #fill(answer) {
      const nodes = clusterWords.nodesOf(answer);
      this.#label = answer.self.label;
      this.#say(clusterWords.summary(answer, nodes));
      this.#section.querySelector('tbody').replaceChildren(...nodes.map((node) => rowOf(node, answer)));
      this.#section.querySelector('.cluster-figure').hidden = !answer.self.slice;
      drawCluster(this.#section.querySelector('svg'), nodes, answer.alone);
      delete this.#section.dataset.old;
      this.#section.hidden = false;
    }

    /** What was known stays there, and looks old. */
    #miss() {
      if (!this.#section.hidden) {
        this.#section.dataset.old = '';
        this.#say(`${this.#label} does not answer; this is what it said last.`);
      }
    }

    /** A screen reader reads the sentence again when it is set, so it is set only when it differs. */
    #say(text) {
      const field = this.#section.querySelector('.cluster-says');
      if (field.textContent !== text) {
        field.textContent = text;
      }
    }
  }

  const { nodes } = document.documentElement.dataset;
  if (nodes) {
    new ClusterMap(document.querySelector('.cluster'), nodes).show();
  }
})();
